import type { V1Container, V1EnvVar, V1Probe, V1VolumeMount } from '@kubernetes/client-node'
import { probeAnswersWithin, startupProbe } from './probes.ts'

/**
 * How a Pod of ours becomes Ready: as soon as it runs, a moment later, or while its gate is open, which it is not at first or,
 * `until-shut`, a moment later.
 */
export type Readiness = 'at-once' | 'after-a-moment' | 'by-gate' | 'until-shut'

/** How a Pod of ours ends when it is asked to. */
export type Termination = 'at-once' | 'after-a-moment' | 'after-a-while' | 'never'

/** Name of the only container in Pods of ours. */
export const containerName = 'main'

/** Directory in which a Pod of ours mounts its volume. */
export const dataDirectory = '/data'

/** Path at which a Pod of ours finds a volume that is a block device. */
export const blockDevice = '/dev/holdfast'

/** Below a directory in which every user may write. */
const gate = '/tmp/holdfast-ready'

/** Command that opens the gate of a Pod with readiness `by-gate`. */
export const openGate: readonly string[] = ['touch', gate]

/** Command that shuts the gate of a Pod with readiness `by-gate` or `until-shut`. */
export const shutGate: readonly string[] = ['rm', '--force', gate]

/** Command that shuts the gate of a Pod with readiness `by-gate` or `until-shut` and does not end before it is opened again. */
export const shutGateUntilOpened: readonly string[] = ['bash', '-c', `rm --force ${gate}; until [ -e ${gate} ]; do sleep 0.2; done`]

/** Shell command with which a container of the Pod with ordinal 1 of a StatefulSet begins a while later than the others. */
export const secondIsSlow = 'case $HOSTNAME in *-1) sleep 3 ;; esac'

/** Seconds that a container needs which begins with `slowStart`. */
export const slowStartSeconds = 20

/** Shell command with which a container begins that needs long to start. */
export const slowStart = `sleep ${slowStartSeconds}`

/** Command that shuts the gate of a Pod with readiness `by-gate` or `until-shut`, and opens it again some seconds later. */
export const shutGateForAWhile: readonly string[] = ['bash', '-c', `rm --force ${gate}; sleep 4; touch ${gate}`]

/** Command that makes the main process of a Pod of ours end with an error, as a crash does, once the command itself is over. */
export const crash: readonly string[] = ['bash', '-c', '(sleep 0.2; kill -USR1 1) > /dev/null 2>&1 &']

/** Command that writes a text to a file. */
export function writeText(text: string, file: string): readonly string[] {
  return ['bash', '-c', 'echo "$1" > "$2"', 'bash', text, file]
}

/** Command that removes all that is below a directory. */
export function emptied(directory: string): readonly string[] {
  return ['find', directory, '-mindepth', '1', '-delete']
}

/** Command that overwrites all files below a directory with other content, as a bug or a mistake does, and returns once that is durable. */
export function overwrite(directory: string): readonly string[] {
  return ['bash', '-c', `find ${directory} -type f | while read -r file; do chmod u+w "$file" && echo damaged > "$file"; done; sync`]
}

const whenReady: Readonly<Record<Readiness, string>> = {
  'at-once': `touch ${gate}`,
  'after-a-moment': `(sleep 2; touch ${gate}) &`,
  'by-gate': ':',
  'until-shut': `(sleep 2; touch ${gate}) &`,
}

/** Command that succeeds while the gate of a Pod is open. */
export const gateIsOpen: readonly string[] = ['test', '-e', gate]

const gateProbe: V1Probe = { exec: { command: [...gateIsOpen] }, periodSeconds: 1, timeoutSeconds: probeAnswersWithin, failureThreshold: 1 }

/**
 * A readiness probe starts a process in the container every second for as long as it runs: only a gate that may be shut again is worth
 * that.
 */
const probesOf: Readonly<Record<Readiness, Pick<V1Container, 'startupProbe' | 'readinessProbe'>>> = {
  'at-once': {},
  'after-a-moment': { startupProbe: startupProbe(gateIsOpen) },
  'by-gate': { readinessProbe: gateProbe },
  'until-shut': { readinessProbe: gateProbe },
}

const onTermination: Readonly<Record<Termination, string>> = {
  'at-once': 'exit 0',
  'after-a-moment': 'sleep 2; exit 0',
  'after-a-while': 'sleep 7; exit 0',
  // A signal with an empty handler is ignored.
  never: '',
}

/** The container of Pods that suites run: it does nothing but become Ready and end as told. */
export function workloadContainer(options: {
  readonly image: string
  readonly mounts: V1VolumeMount[]
  readonly readiness?: Readiness
  readonly termination?: Termination
  /** Shell commands that come before anything else. */
  readonly first?: string | undefined
  readonly env?: V1EnvVar[] | undefined
}): V1Container {
  const { image, mounts, readiness = 'at-once', termination = 'at-once', first = ':', env = [] } = options
  const script = [
    first,
    `trap '${onTermination[termination]}' TERM`,
    // A process 1 ignores signals that it has no handler for, so a crash needs one.
    `trap 'exit 134' USR1`,
    whenReady[readiness],
    'sleep infinity & wait $!',
  ]
  return {
    name: containerName,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['bash', '-c', script.join('\n')],
    volumeMounts: mounts,
    env,
    ...probesOf[readiness],
  } satisfies V1Container
}
