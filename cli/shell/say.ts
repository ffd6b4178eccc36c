/** Tells the user one line about what is going on. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
