/** Tells the user one line about what is going on. */
export function log(line: string): void {
  process.stdout.write(`${line}\n`)
}
