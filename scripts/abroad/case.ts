import type { Manifest } from './api.ts'
import { byKind, type ListedObject } from './objects.ts'
import type { Right } from './roles.ts'
import type { WayName } from './ways.ts'

/** Where in a run a signal is sent: as soon as there is such an object in a namespace whose name begins so. */
export interface Moment {
  readonly signal: 'SIGINT' | 'SIGKILL'
  readonly namespace: string
  /** In the plural, such as `persistentvolumeclaims`. */
  readonly resource: string
}

/** Who runs Holdfast: a ServiceAccount without rights, or with those that `holdfast rbac` prints for the run but for one; or a token. */
export type Guest =
  | { readonly rights: 'none' }
  | { readonly rights: 'printed'; readonly without?: Right }
  | { readonly rights?: undefined; readonly token?: string }

/** A foreign cluster, a command of its user, and what must come of it. */
export interface Case {
  readonly name: string
  /** Objects that the cluster has during the case. */
  readonly has?: readonly Manifest[]
  /** Objects that a controller of the cluster puts into each new namespace whose name begins with `hf-`. */
  readonly givesNamespaces?: readonly Manifest[]
  /** Whether no StorageClass is the default one. */
  readonly lacksDefaultClass?: true
  /** How the API server is reached; by a relay when absent. */
  readonly way?: WayName
  /** An administrator when absent. */
  readonly guest?: Guest
  /** Content of `holdfast.yaml`. */
  readonly settings?: object
  /** What is named with `--workload-image`; the image that the nodes have when absent, nothing when null. */
  readonly image?: string | null
  /** What follows `run --kubeconfig <file>`. */
  readonly run: readonly string[]
  /** A run that is killed in the cluster before, at that moment. It must leave something. */
  readonly killedBefore?: Moment
  /** When the run itself is interrupted. */
  readonly interrupted?: Moment
  /** Each of these must be found in what the run prints. */
  readonly says: readonly RegExp[]
  readonly exitCode: number
  /** Seconds that the run may take. */
  readonly within: number
}

/** What came of a run. */
export interface Outcome {
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
  readonly seconds: number
  /** Objects of the cluster that were not there before. */
  readonly left: readonly ListedObject[]
}

const setUpFailed = 3

/** What is wrong with an outcome, one line each; none when the case came out as it must. */
export function complaintsAbout(
  { says, exitCode, within }: Pick<Case, 'says' | 'exitCode' | 'within'>,
  outcome: Outcome,
): readonly string[] {
  const { stdout, stderr, seconds, left } = outcome
  const printed = `${stdout}\n${stderr}`
  return [
    ...(outcome.exitCode === exitCode ? [] : [`exit code ${outcome.exitCode ?? 'none'} in place of ${exitCode}`]),
    ...(seconds <= within ? [] : [`${seconds.toFixed(0)} s in place of at most ${within} s`]),
    ...says.filter((expected) => !expected.test(printed)).map((expected) => `nothing says ${String(expected)}`),
    ...(exitCode === setUpFailed ? complaintsAboutSentence(stderr) : []),
    ...byKind(left).map((line) => `left ${line}`),
  ]
}

/** Who cannot start gets one line that says what is wrong and how to fix it: two sentences, and no stack. */
function complaintsAboutSentence(stderr: string): readonly string[] {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  if (lines.length !== 1) return [`${lines.length} lines on standard error in place of one sentence with its fix`]
  return /\.["')]* [A-Z].*[.!]?$/.test(lines[0] ?? '') ? [] : ['the sentence on standard error has no fix']
}
