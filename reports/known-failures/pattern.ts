/** Whether a text contains a pattern, in which `*` stands for any text within a line. Upper and lower case differ. */
export function contains(text: string, pattern: string): boolean {
  const literals = pattern.split('*').map((part) => part.replaceAll(/[\\^$.+?()[\]{}|/-]/g, String.raw`\$&`))
  return new RegExp(literals.join('.*')).test(text)
}
