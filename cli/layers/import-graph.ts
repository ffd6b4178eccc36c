import { globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

/** One import of a file of the checkout by another, both by path from its root. */
export interface Import {
  readonly from: string
  readonly to: string
  /** `import()`: loaded when that line runs, and not before. */
  readonly dynamic: boolean
}

/** Imports between the modules of the checkout, of types too. */
export function importsOf(root: string, patterns: string): readonly Import[] {
  return globSync(patterns, { cwd: root }).flatMap((from) =>
    sourcesOf(root, from)
      .filter(({ source }) => source.startsWith('.'))
      .map(({ source, dynamic }) => ({ from, to: relative(root, join(root, dirname(from), source)), dynamic })),
  )
}

/** Packages that modules of a directory import, each once, in order. */
export function packagesImportedIn(root: string, patterns: string): readonly string[] {
  const sources = globSync(patterns, { cwd: root }).flatMap((file) => sourcesOf(root, file).map(({ source }) => source))
  const names = sources
    .filter((source) => !source.startsWith('.') && !isBuiltin(source))
    .map((source) => /^(?:@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? source)
  return [...new Set(names)].toSorted()
}

function sourcesOf(root: string, file: string): readonly Source[] {
  return sourcesIn(parseAst(readFileSync(join(root, file), 'utf8'), { lang: file.endsWith('.ts') ? 'ts' : 'js' }))
}

interface Source {
  readonly source: string
  readonly dynamic: boolean
}

function sourcesIn(node: unknown): readonly Source[] {
  if (typeof node !== 'object' || node === null) return []
  const { type, source } = node as { readonly type?: unknown; readonly source?: { readonly value?: unknown } | null }
  const value = source?.value
  const inner = Object.values(node).flatMap(sourcesIn)
  if (typeof value !== 'string' || typeof type !== 'string' || !/^(?:Import|Export)/.test(type)) return inner
  return [{ source: value, dynamic: type === 'ImportExpression' }, ...inner]
}

/** One circle of a directed graph, its first node again at the end; empty when there is none. */
export function circleIn(edges: readonly (readonly [from: string, to: string])[]): readonly string[] {
  const left = new Set(edges.map(([from]) => from))
  const walk = (path: readonly string[]): readonly string[] => {
    const node = path.at(-1) ?? ''
    const start = path.indexOf(node)
    if (start < path.length - 1) return path.slice(start)
    if (!left.has(node)) return []
    for (const [from, to] of edges) {
      const found = from === node ? walk([...path, to]) : []
      if (found.length > 0) return found
    }
    left.delete(node)
    return []
  }
  for (const node of left) {
    const found = walk([node])
    if (found.length > 0) return found
  }
  return []
}
