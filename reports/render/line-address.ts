/**
 * Address of the line of an entry in `history.jsonl`. A browser that knows text fragments goes to the line and marks it; any other opens
 * the file. See https://wicg.github.io/scroll-to-text-fragment/
 */
export function lineAddress(historyPath: string, seq: number): string {
  return `${historyPath}#:~:text=seq%22:${seq}%2C%22at`
}
