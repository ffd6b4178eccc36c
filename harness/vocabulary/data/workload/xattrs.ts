import { execFileSync } from 'node:child_process'

/** User extended attributes of one file, value in base64, by name. */
export type Xattrs = Readonly<Record<string, string>>

/**
 * Reads the user extended attributes of all files below a directory, by path. Node has no call for them, so `getfattr` reads all at once.
 */
export function readXattrs(directory: string): ReadonlyMap<string, Xattrs> {
  const options = ['--recursive', '--physical', '--no-dereference', '--dump', '--encoding=base64', '--', '.'] as const
  return parseXattrs(execFileSync('getfattr', options, { cwd: directory, encoding: 'utf8' }))
}

/** Sets one user extended attribute; a file system that keeps none is left without. */
export function setXattr(file: string, [name, value]: readonly [string, string]): void {
  try {
    execFileSync('setfattr', ['--name', name, '--value', value, '--', file], { encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('Operation not supported'))) throw error
  }
}

/** Reads what `getfattr --dump --encoding=base64` prints. */
export function parseXattrs(dump: string): ReadonlyMap<string, Xattrs> {
  return new Map(dump.split('\n\n').flatMap((block) => xattrsOfOne(block)))
}

function xattrsOfOne(block: string): readonly (readonly [string, Xattrs])[] {
  const [header = '', ...lines] = block.split('\n').filter((line) => line !== '')
  if (!header.startsWith('# file: ')) return []
  const values = lines.map((line) => {
    const equals = line.indexOf('=')
    return [line.slice(0, equals), line.slice(equals + 1).replace(/^0s/, '')] as const
  })
  return [[unescaped(header.slice('# file: '.length)), Object.fromEntries(values)]]
}

/** `getfattr` writes bytes that would confuse a line as three octal digits after a backslash. */
function unescaped(path: string): string {
  const bytes = [...path.matchAll(/\\([0-7]{3})|([^\\])/gsu)].flatMap(([, octal, plain]) =>
    octal === undefined ? [...Buffer.from(plain ?? '')] : [Number.parseInt(octal, 8)],
  )
  return Buffer.from(bytes).toString('utf8')
}
