import { type ChildProcess, execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))

/** A Vitest that a test of a reporter runs. */
export interface InnerVitest {
  /** Its root, which is removed when the test has finished. */
  readonly directory: string
  readonly child: ChildProcess
  readonly ended: Promise<{ readonly output: string; readonly errors: string }>
}

/** What an inner Vitest is to run. */
export interface InnerTests {
  /** Text of each file, by its path; `vitest.config.js` is one of them. */
  readonly files: Readonly<Record<string, string>>
  /** Path of the reporter, from `reports/`. */
  readonly reporter: string
  /** Variable of the environment that names the root to the reporter. */
  readonly variable: string
}

/** Starts a Vitest on files of its own. Outside of CI, whose Vitest prints more. */
export async function startInnerVitest({ files, reporter, variable }: InnerTests): Promise<InnerVitest> {
  const directory = await mkdtemp(join(tmpdir(), temporaryPrefix('reporter')))
  onTestFinished(() => rm(directory, { recursive: true }))
  await symlink(modules, join(directory, 'node_modules'))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), text)
  }
  const { CI: _, ...env } = process.env
  const own = fileURLToPath(new URL(`../${reporter}`, import.meta.url))
  const config = join(directory, 'vitest.config.js')
  const args = [join(modules, 'vitest', 'vitest.mjs'), 'run', '--root', directory, '--config', config, '--reporter', own]
  const ending = Promise.withResolvers<{ readonly output: string; readonly errors: string }>()
  const child = execFile(process.execPath, args, { env: { ...env, [variable]: directory }, cwd: directory }, (_error, output, errors) =>
    ending.resolve({ output, errors }),
  )
  return { directory, child, ended: ending.promise }
}
