import { execFile, spawn } from 'node:child_process'
import { hash } from 'node:crypto'
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

async function sourcesOf(repository: string, commit: string): Promise<CommitSources> {
  const listed = await git(repository, ['ls-tree', '-r', '-z', '--full-tree', '--name-only', commit, ...sourceFolders])
  const paths = listed.split('\0').filter(isSource)
  const contents = await blobs(
    repository,
    paths.map((path) => `${commit}:${path}`),
  )
  const digests = new Map<string, string>()
  const guarantees: { readonly id: string }[] = []
  for (const [index, path] of paths.entries()) {
    const content = contents[index] ?? Buffer.alloc(0)
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

/** Contents of files of the repository by their names there, in one process. */
async function blobs(repository: string, names: readonly string[]): Promise<readonly Buffer[]> {
  const child = spawn('git', ['-C', repository, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.end(names.map((name) => `${name}\n`).join(''))
  const printed = await buffer(child.stdout)
  const contents: Buffer[] = []
  for (let at = 0; at < printed.length;) {
    const end = printed.indexOf('\n', at)
    const size = Number(/ blob (\d+)$/.exec(printed.toString('utf8', at, end))?.[1])
    contents.push(printed.subarray(end + 1, end + 1 + size))
    at = end + 1 + size + 1
  }
  return contents
}
