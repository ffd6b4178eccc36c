/**
 * Whether a text contains a pattern, in which `*` stands for any text within a line. Upper and lower case differ. Of each part the first
 * place is taken that is behind the part before: where that does not do, no later one does. So no pattern takes long.
 */
export function contains(text: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*')
  let start = text.indexOf(first)
  while (start !== -1) {
    if (isFollowed(text, { from: start + first.length, by: others })) return true
    // A text has an empty part at its end, and behind that none.
    start = start < text.length ? text.indexOf(first, start + 1) : -1
  }
  return false
}

const lineEnd = /[\n\r\u2028\u2029]/

/** Whether parts stand in a text one behind the other, each in the line in which the one before ends. */
function isFollowed(text: string, { from, by }: { readonly from: number; readonly by: readonly string[] }): boolean {
  let end = from
  for (const part of by) {
    const place = text.indexOf(part, end)
    if (place === -1 || lineEnd.test(text.slice(end, place))) return false
    end = place + part.length
  }
  return true
}
