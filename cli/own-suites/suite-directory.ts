import { globSync, realpathSync, statSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import { projectRoot } from '../shell/project-root.ts'
import { UsageError } from '../shell/usage-error.ts'

/** A directory with suites of one's own, and what of it decides a run. */
export interface SuiteDirectory {
  /** Absolute, without symbolic links. */
  readonly path: string
  /** How a run calls it: the last part of its path, in characters of a file name, another one than those before it. */
  readonly name: string
  /** Paths in it of its suites, of the programs and data beside them, and of its ledger, sorted. */
  readonly files: readonly string[]
}

/** What decides a run: suites, what they import, the ledger, and data that programs read. */
const endings = ['.ts', '.mts', '.js', '.mjs', '.yaml', '.yml', '.json', '.txt']

/** More files than this are no suites: somebody named a home directory. */
const mostFiles = 1000

const suite = /\.suite\.(?:ts|js)$/

/** Whether a file of such a directory is a suite. */
export function isSuite(file: string): boolean {
  return suite.test(file)
}

/** Looks at the directories that were named. Throws a `UsageError` for one that is no directory, or has neither suites nor a ledger. */
export function suiteDirectories(named: readonly string[]): readonly SuiteDirectory[] {
  const directories: SuiteDirectory[] = []
  for (const given of named) {
    const path = existing(given)
    const same = directories.find((other) => contains(other.path, path) || contains(path, other.path))
    if (same !== undefined)
      throw new UsageError(`--suites names ${given}, and ${same.path} has the same suites.`, { fix: 'Name each directory once.' })
    const ours = ['suites', 'harness', 'cli'].find((folder) => contains(join(projectRoot, folder), path))
    if (ours !== undefined || contains(path, projectRoot))
      throw new UsageError(`--suites names ${given}, which holds what Holdfast itself is made of.`, {
        fix: 'Name a directory with suites of your own; those of Holdfast run without it.',
      })
    directories.push({ path, name: unusedName(path, directories), files: filesIn(given, path) })
  }
  return directories
}

function existing(given: string): string {
  try {
    const path = realpathSync(resolve(given))
    if (statSync(path).isDirectory()) return path
  } catch {
    throw new UsageError(`--suites names ${given}, and there is no directory ${resolve(given)}.`, {
      fix: 'Name a directory that has *.suite.ts or *.suite.js, and a folder ledger.',
    })
  }
  throw new UsageError(`--suites names ${given}, which is no directory.`, { fix: 'Name the directory that the file is in.' })
}

function filesIn(given: string, path: string): readonly string[] {
  const exclude = (file: string) => basename(file) === 'node_modules' || (basename(file).startsWith('.') && file !== '.')
  const files = globSync('**', { cwd: path, exclude }).filter((file) => endings.some((ending) => file.endsWith(ending)))
  const read = files.filter((file) => statSync(join(path, file), { throwIfNoEntry: false })?.isFile()).toSorted()
  if (read.length > mostFiles)
    throw new UsageError(`There are ${read.length} files in ${given}, which are more than suites have.`, {
      fix: `Name a directory with your suites and nothing else: a run keeps a copy of each of its files, at most ${mostFiles}.`,
    })
  if (!read.some(isSuite))
    throw new UsageError(`There are no suites in ${given}.`, { fix: 'Add a file whose name ends with .suite.ts or .suite.js.' })
  if (!read.some((file) => /^ledger\/(?!documents\.yaml)[^/]+\.yaml$/.test(file)))
    throw new UsageError(`There is no ledger in ${given}.`, {
      fix: 'Add ledger/<area>.yaml with the statements that your suites prove; docs/write-your-own-suites.md shows one.',
    })
  return read
}

function contains(outer: string, inner: string): boolean {
  const path = relative(outer, inner)
  return path === '' || (path !== '..' && !path.startsWith(`..${sep}`))
}

function unusedName(path: string, others: readonly SuiteDirectory[]): string {
  const name = basename(path).replaceAll(/[^\w.-]/g, '-')
  const taken = (candidate: string) => others.some((other) => other.name === candidate)
  let unused = name
  for (let number = 2; taken(unused); number += 1) unused = `${name}-${number}`
  return unused
}
