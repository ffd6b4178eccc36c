import { execFileSync, spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { globSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { mostChangeBytes } from '../../reports/model/run-changes.ts'
import { isSource, sourceFolders } from '../../reports/model/run-sources.ts'
import { builtFrom, type Checkout } from './built-from.ts'

const mostChangedFiles = 50

/**
 * What Holdfast ran from: the commit, with `-dirty` where files differ from it or git cannot tell, which ones, and the repository. A
 * package knows them from its build. `unknown` where there is neither a checkout of its own nor a build.
 */
export function checkoutOf(root: string): Checkout {
  const built = builtFrom(root)
  if (built !== undefined) return { ...built.checkout, ...firstFew(built.checkout.changedFiles ?? []) }
  const commit = isCheckout(root) ? git(root, ['rev-parse', 'HEAD']) : undefined
  if (commit === undefined) return { commit: 'unknown' }
  const changed = changedFilesOf(root)
  const repository = publicAddress(git(root, ['remote', 'get-url', 'origin']) ?? '')
  return {
    commit: changed?.length === 0 ? commit : `${commit}-dirty`,
    ...(repository !== undefined && { repository }),
    ...firstFew(changed ?? []),
  }
}

function firstFew(changed: readonly string[]): Pick<Checkout, 'changedFiles'> {
  return changed.length > 0 ? { changedFiles: changed.slice(0, mostChangedFiles) } : {}
}

/**
 * What a checkout has on top of its commit, as a patch that `git apply` takes: files that git follows, and sources that it does not.
 * Nothing for a clean commit, for a package, and for more than a run keeps.
 */
export function changesOf(root: string): string | undefined {
  if (builtFrom(root) !== undefined || !isCheckout(root)) return undefined
  const followed = git(root, ['--no-optional-locks', 'diff', '--binary', '--no-renames', '--no-ext-diff', '--no-color', 'HEAD'])
  const others = git(root, ['ls-files', '-z', '--others', '--exclude-standard'])?.split('\0').filter(isSource) ?? []
  if (followed === undefined) return undefined
  const patch = [...(followed === '' ? [] : [`${followed}\n`]), ...others.map((path) => patchOfNew(root, path))].join('')
  return patch === '' || patch.length > mostChangeBytes ? undefined : patch
}

function patchOfNew(root: string, path: string): string {
  const args = ['diff', '--binary', '--no-index', '--no-ext-diff', '--no-color', '--', '/dev/null', path]
  return spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: maxBytes }).stdout
}

/** SHA-256 of every source of the checkout, as `sha256sum` writes it; in a package, of those that it was built from. */
export function sourceSums(root: string): string {
  const built = builtFrom(root)
  if (built !== undefined) return built.sources
  const paths = globSync(
    sourceFolders.map((folder) => `${folder}/**`),
    { cwd: root },
  ).filter(isSource)
  return paths
    .toSorted()
    .map((path) => `${hash('sha256', readFileSync(join(root, path)))}  ${path}\n`)
    .join('')
}

/**
 * The address of a repository as others reach it: without user, password and query. Undefined for a directory of this machine,
 * whose path is nobody's business.
 */
export function publicAddress(remote: string): string | undefined {
  const url = /^(https?|ssh|git):\/\//.test(remote) ? URL.parse(remote) : null
  if (url !== null) return `${url.protocol}//${url.host}${url.pathname}`
  // As SSH writes it: user@host:path.
  const [, host, path] = /^(?:[^@/:\s]+@)?([\w.-]{2,}):([^\\\s]+)$/.exec(remote) ?? []
  // What begins with a colon is another address behind the name of a remote helper, such as ext::.
  if (host === undefined || path === undefined || /^(?:\/\/|:)|@/.test(path)) return undefined
  return `ssh://${host}/${path.replace(/^\//, '')}`
}

function isCheckout(root: string): boolean {
  const top = git(root, ['rev-parse', '--show-toplevel'])
  return top !== undefined && realpathSync(top) === realpathSync(root)
}

/** Files that git follows and that differ from the commit, and sources that it does not follow; undefined where git cannot tell. */
function changedFilesOf(root: string): string[] | undefined {
  const listed = git(root, ['--no-optional-locks', 'status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all'])
  return listed
    ?.split('\0')
    .filter((line) => line !== '' && (!line.startsWith('??') || isSource(line.slice(statusWidth))))
    .map((line) => line.slice(statusWidth))
    .toSorted()
}

const statusWidth = 3

const maxBytes = 64 * 1024 * 1024

/** What git prints, without the end of its last line; undefined where it fails or there is none. */
function git(root: string, args: readonly string[]): string | undefined {
  try {
    const stdio: ('ignore' | 'pipe')[] = ['ignore', 'pipe', 'ignore']
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio, maxBuffer: maxBytes }).replace(/\n$/, '')
  } catch {
    return undefined
  }
}
