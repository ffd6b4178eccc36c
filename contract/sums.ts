/** Digests by file, of a list as `sha256sum` writes it. */
export function parseSums(list: string): ReadonlyMap<string, string> {
  const lines = list.split('\n').filter(Boolean)
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]))
}

/** Digests by file as `sha256sum` writes them. */
export function sumsText(digests: ReadonlyMap<string, string>): string {
  return [...digests].map(([path, digest]) => `${digest}  ${path}\n`).join('')
}
