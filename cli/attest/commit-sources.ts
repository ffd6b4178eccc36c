import { execFile, spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import type { CommitSources, LookUpCommit } from '../../reports/attest/source-findings.ts'
import { isSource, sourceFolders } from '../../reports/model/run-sources.ts'
import { writtenLiterals } from '../catalogue/guarantee-literals.ts'

/** Looks commits of Holdfast up in a clone of its repository. */
export function commitsIn(repository: string): LookUpCommit {
  return async (commit) => {
    if (!(await hasCommit(repository, commit)))
      return `${repository} is no clone of Holdfast that has it. Give --repository a clone, after "git fetch" there.`
    return sourcesOf(repository, commit)
  }
}

async function hasCommit(repository: string, commit: string): Promise<boolean> {
  try {
    await git(repository, ['cat-file', '-e', `${commit}^{commit}`])
    return true
  } catch {
    return false
  }
}

async function sourcesOf(repository: string, commit: string): Promise<CommitSources | string> {
  const listed = await git(repository, ['ls-tree', '-r', '-z', '--full-tree', '--name-only', commit, ...sourceFolders])
  const paths = listed.split('\0').filter(isSource)
  const contents = await blobs(repository, { commit, paths })
  if (contents === undefined)
    return `${repository} has commit ${commit}, but not all its files: run "git fetch --refetch" there, or give --repository another clone.`
  const digests = new Map<string, string>()
  const guarantees: { readonly id: string }[] = []
  for (const [path, content] of contents) {
    digests.set(path, hash('sha256', content))
    if (path.endsWith('.suite.ts')) guarantees.push(...(writtenLiterals(path, content.toString('utf8')) as { readonly id: string }[]))
  }
  return { digests, guarantees }
}

async function git(repository: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', ['-C', repository, ...args], { maxBuffer: maxBytes })
  return stdout
}

const maxBytes = 64 * 1024 * 1024

/** Contents of files of a commit, by path, in one process; undefined where the repository lacks any of them. */
async function blobs(
  repository: string,
  { commit, paths }: { readonly commit: string; readonly paths: readonly string[] },
): Promise<ReadonlyMap<string, Buffer> | undefined> {
  const child = spawn('git', ['-C', repository, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = once(child, 'close')
  // A git that fails reads no further, which breaks the pipe: its exit code says so.
  child.stdin.on('error', () => undefined)
  child.stdin.end(paths.map((path) => `${commit}:${path}\n`).join(''))
  const printed = await buffer(child.stdout)
  const [code] = (await ended) as [number | null]
  const contents = new Map<string, Buffer>()
  let at = 0
  for (const path of paths) {
    const end = printed.indexOf('\n', at)
    const size = / blob (\d+)$/.exec(printed.toString('utf8', at, Math.max(at, end)))?.[1]
    if (code !== 0 || size === undefined) return undefined
    contents.set(path, printed.subarray(end + 1, end + 1 + Number(size)))
    at = end + 1 + Number(size) + 1
  }
  return contents
}
