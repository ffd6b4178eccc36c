import { delimiter, dirname, join } from 'node:path'
import { execa } from 'execa'
import { account } from '../../clusters/strangers/account.ts'
import type { Stranger } from '../../clusters/strangers/stranger.ts'
import { SetupError } from '../../clusters/index.ts'
import { nodeFlags } from '../../contract/node-flags.mjs'
import { projectRoot } from '../shell/project-root.ts'

/** What somebody has who judges a stranger. */
export interface UserView {
  readonly stranger: Stranger
  /** Guarantees by name, as `run` takes them; all of the profile `full` when empty. */
  readonly names: readonly string[]
  /** Path of the settings file that the user named. */
  readonly config: string | undefined
  /** A kubectl that fits the cluster, as whoever works with one has; what is on the `PATH` of this machine when absent. */
  readonly kubectl?: string | undefined
  readonly signal: AbortSignal
}

/** How long a run that is interrupted may take to put back what it changed, in seconds. */
const endsWithin = 90

/** Runs the command line as a user does, who has nothing else. */
async function holdfast(words: readonly string[], { view, shown }: { readonly view: UserView; readonly shown: boolean }) {
  const { signal, kubectl } = view
  const ended = await execa(process.execPath, [...nodeFlags, join(projectRoot, 'cli', 'main.ts'), ...words], {
    reject: false,
    stdin: 'ignore',
    ...(kubectl !== undefined && { env: { PATH: [dirname(kubectl), process.env['PATH']].join(delimiter) } }),
    // Where this process is killed outright, the channel closes, and the run takes that for SIGTERM.
    ipc: true,
    stdout: shown ? ['inherit', 'pipe'] : 'pipe',
    stderr: shown ? ['inherit', 'pipe'] : 'pipe',
    cancelSignal: signal,
    forceKillAfterDelay: endsWithin * 1000,
  })
  signal.throwIfAborted()
  return ended
}

/** Words of the command line that name guarantees and settings. */
function selected({ names, config }: UserView): readonly string[] {
  const which = names.length === 0 ? ['--profile', 'full'] : names
  return [...which, ...(config === undefined ? [] : ['--config', config])]
}

/** What an administrator gets to read and apply before the user may run anything. */
export async function printedRoles(view: UserView): Promise<string> {
  const words = ['rbac', ...selected(view), '--service-account', `${account.namespace}/${account.name}`]
  const { stdout, stderr, exitCode } = await holdfast(words, { view, shown: false })
  if (exitCode === 0) return stdout
  throw new SetupError(`"holdfast ${words.join(' ')}" ended with ${exitCode ?? 'a signal'}: ${lastLine(stderr)}`)
}

/** Runs the suites with a kubeconfig alone, and the definition of the driver where there is one. Returns the directory of the run. */
export async function runAsUser(view: UserView, kubeconfig: string): Promise<string> {
  const words = runWords(view, kubeconfig)
  const { stdout, stderr, exitCode } = await holdfast(words, { view, shown: true })
  const directory = /^\s+evidence\s+(\S+)$/m.exec(stdout)?.[1]
  if (directory !== undefined) return directory
  throw new SetupError(`The run ended with ${exitCode ?? 'a signal'} and left no report: ${lastLine(stderr === '' ? stdout : stderr)}`)
}

/** The command of a user who has a kubeconfig and, of a CSI driver, its definition. */
export function runWords(view: UserView, kubeconfig: string): readonly string[] {
  const { definition, storageClass } = view.stranger
  return [
    ...['run', ...selected(view), '--kubeconfig', kubeconfig],
    ...(definition === undefined ? [] : ['--driver', definition]),
    ...(storageClass === undefined ? [] : ['--storage-class', storageClass]),
  ]
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
