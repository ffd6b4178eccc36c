/** A fenced block of a page of documentation. */
export interface PageBlock {
  /** What follows the opening fence, such as `sh`; empty where nothing does. */
  readonly language: string
  readonly text: string
  /** Number of its first line in the page. */
  readonly line: number
  /** What is to be done with it when the page is run; nothing when absent. */
  readonly use?: BlockUse
}

/** What a marker says of the block behind it. */
export type BlockUse =
  /** `<!-- run: cluster -->`: a shell runs it, and it ends with that exit code, 0 unless the marker says `exit code 2`. */
  | { readonly kind: 'run'; readonly exitCode: number }
  /** `<!-- prints -->`: the block that was run before prints these lines. */
  | { readonly kind: 'prints' }
  /** `<!-- file: driver.yaml -->`: the content of that file beside the blocks that are run. */
  | { readonly kind: 'file'; readonly name: string }

/** A page of documentation, as far as it can be run. */
export interface Page {
  /** File that its reader has and in which the kubeconfig of a cluster is; from `<!-- given: kubeconfig -->`. */
  readonly given: string | undefined
  readonly blocks: readonly PageBlock[]
}

const markerWords = /^<!-- (run|prints|file|given)\b(?:: )?(.*?) ?-->$/
const fence = /^( *)```(\S*)/

/** Reads a page. Throws an error that names the line of a marker that says nothing, or has no block behind it. */
export function readPage(markdown: string): Page {
  const lines = markdown.split('\n')
  const blocks: PageBlock[] = []
  let given: string | undefined
  let marker: { readonly use: BlockUse; readonly line: number } | undefined
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const opened = fence.exec(line)
    const [, verb, value = ''] = markerWords.exec(line) ?? []
    if (marker !== undefined && opened === null && line.trim() !== '')
      throw new Error(`The marker on line ${marker.line} has no block behind it.`)
    if (verb === 'given') given = fileName(value, at + 1)
    else if (verb === 'prints' && !blocks.some(({ use }) => use?.kind === 'run'))
      throw new Error(`No block that is run comes before the marker on line ${at + 1}.`)
    else if (verb !== undefined) marker = { use: useOf(verb, value, at + 1), line: at + 1 }
    if (opened === null) continue
    const [, indent = '', language = ''] = opened
    const end = lines.indexOf(`${indent}\`\`\``, at + 1)
    if (end === -1) throw new Error(`The block on line ${at + 1} has no end.`)
    const text = lines.slice(at + 1, end).map((each) => each.slice(indent.length))
    blocks.push({ language, text: text.join('\n'), line: at + 2, ...(marker && { use: marker.use }) })
    marker = undefined
    at = end
  }
  if (marker !== undefined) throw new Error(`The marker on line ${marker.line} has no block behind it.`)
  return { given, blocks }
}

function useOf(verb: string, value: string, line: number): BlockUse {
  if (verb === 'prints' && value === '') return { kind: 'prints' }
  if (verb === 'file') return { kind: 'file', name: fileName(value, line) }
  const run = /^cluster(?:, exit code (\d+))?$/.exec(value)
  if (verb === 'run' && run !== null) return { kind: 'run', exitCode: Number(run[1] ?? 0) }
  throw new Error(`The marker on line ${line} says nothing: write "run: cluster", "run: cluster, exit code 2", "prints" or "file: <name>".`)
}

function fileName(value: string, line: number): string {
  if (/^[\w-][\w.-]*$/.test(value)) return value
  throw new Error(`The marker on line ${line} names no file: write a name without folders.`)
}
