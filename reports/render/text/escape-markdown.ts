/** Text that Markdown takes as it is, in a cell of a table too. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replaceAll('\n', ' ')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll(/[\\`*_[\]|~]/g, (mark) => `\\${mark}`)
      // Else a forge takes them for people and issues.
      .replaceAll(/[@#]/g, (mark) => `&#${mark.charCodeAt(0)};`)
  )
}

/** Markdown that a reader unfolds. */
export function foldedMarkdown(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`
}
