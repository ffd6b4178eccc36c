/** One change to a source file of Go that a variable switches on. */
export interface Edit {
  /** Name of the mutant, which switches it on. */
  readonly name: string
  /** What is changed: an expression, a statement, or nothing, when `instead` is run before the statement. */
  readonly as: 'expression' | 'statement' | 'before'
  /** Type of an expression in Go. */
  readonly type: string
  /** Text that occurs once in the file, and behind which `what` is looked for; absent where `what` itself occurs once. */
  readonly after?: string | undefined
  /** The text that is changed. White space of any kind and length is alike. */
  readonly what: string
  /** What is in force instead; nothing when empty. */
  readonly instead: string
}

/** Where a text is, from its first letter up to, not including, the end. */
interface Place {
  readonly from: number
  readonly to: number
}

interface Placed extends Edit, Place {}

/** Why an edit does not fit a file, or two edits do not fit together: a sentence. */
export class EditRefused extends Error {}

/** Function of each edited package that says whether a mutant is switched on. */
export const switchFunction = 'holdfastMutantOn'

/**
 * The source with every edit in it, each behind its switch. An edit within the text of another is in force where the other is not. Throws
 * `EditRefused` for a text that is not there or not unique, and for two that merely overlap.
 */
export function mutatedSource(source: string, edits: readonly Edit[]): string {
  const placed = edits.map((edit) => ({ ...edit, ...placeOf(source, edit) }))
  const inOrder = placed.toSorted((one, other) => one.from - other.from || other.to - one.to)
  for (const [index, one] of inOrder.entries()) {
    const partial = inOrder.slice(index + 1).find(({ from, to }) => from < one.to && to > one.to)
    if (partial !== undefined)
      throw new EditRefused(`The texts of ${one.name} and ${partial.name} overlap, and neither is within the other.`)
  }
  return render(source, { from: 0, to: source.length }, inOrder)
}

/** Where the text of an edit is. Throws `EditRefused` where that is nowhere, or in several places. */
export function placeOf(source: string, { name, what, after }: Pick<Edit, 'name' | 'what' | 'after'>): Place {
  const start = after === undefined ? 0 : onlyPlace(source, { name, text: after }).to
  if (after === undefined) return onlyPlace(source, { name, text: what })
  const [first] = placesOf(source.slice(start), what)
  if (first === undefined) throw new EditRefused(`The text of ${name} is not in the file behind its anchor: ${oneLine(what)}`)
  return { from: first.from + start, to: first.to + start }
}

function onlyPlace(source: string, { name, text }: { readonly name: string; readonly text: string }): Place {
  const [first, second] = placesOf(source, text)
  if (first === undefined) throw new EditRefused(`The text of ${name} is not in the file: ${oneLine(text)}`)
  if (second !== undefined) throw new EditRefused(`The text of ${name} is in the file several times: ${oneLine(text)}`)
  return first
}

function placesOf(source: string, text: string): readonly Place[] {
  const pattern = text
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join(String.raw`\s+`)
  return [...source.matchAll(new RegExp(pattern, 'g'))].map(({ index, 0: found }) => ({ from: index, to: index + found.length }))
}

/** The text of a place with the edits in it, which are in order: those that hold others first. */
function render(source: string, { from, to }: Place, edits: readonly Placed[]): string {
  let text = ''
  let at = from
  let rest = edits
  for (let [edit] = rest; edit !== undefined; [edit] = rest) {
    const { from: start, to: end } = edit
    const within = rest.slice(1).filter((other) => other.from < end)
    text += source.slice(at, start) + wrapped(edit, render(source, edit, within))
    at = end
    rest = rest.slice(1 + within.length)
  }
  return text + source.slice(at, to)
}

function wrapped({ name, as, type, instead }: Edit, what: string): string {
  const isOn = `${switchFunction}("${name}")`
  switch (as) {
    case 'expression':
      return `func() ${type} { if ${isOn} { return ${instead} }; return ${what} }()`
    case 'statement':
      return `if ${isOn} { ${instead} } else { ${what} }`
    case 'before':
      return `if ${isOn} { ${instead} }; ${what}`
  }
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ')
}
