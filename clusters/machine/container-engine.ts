import { execa } from 'execa'
import { SetupError } from '../setup-error.ts'
import { ownCommand } from '../../contract/distribution.ts'

/** The container engine refused, did not answer in time, or is not there. */
export class EngineError extends SetupError {
  /** What the engine printed on standard error. */
  readonly printed: string
  /** The reason alone, in one line without a full stop. */
  readonly why: string

  constructor(
    message: string,
    options: { readonly printed: string; readonly why: string; readonly fix?: string; readonly cause?: unknown },
  ) {
    super(message, options)
    this.name = 'EngineError'
    this.printed = options.printed
    this.why = options.why
  }
}

/** Options of an engine command. */
export interface EngineOptions {
  /** How long it may take, in seconds; 60 when not given. */
  readonly seconds?: number
  readonly input?: string
  readonly signal?: AbortSignal | undefined
}

const usualSeconds = 60

/** A command of the engine: `['network', 'rm', 'holdfast-blue']`. */
type Command = readonly [verb: string, ...rest: readonly string[]]

/**
 * Runs a command of the container engine and returns what it printed. Throws an `EngineError` with the command and the engine's own words.
 */
export async function engine(command: Command, options: EngineOptions = {}): Promise<string> {
  const { seconds = usualSeconds, input, signal } = options
  const ended = await execa('docker', command, {
    reject: false,
    timeout: seconds * 1000,
    ...(input !== undefined && { input }),
    ...(signal !== undefined && { cancelSignal: signal }),
  })
  if (!ended.failed) return ended.stdout.trim()
  signal?.throwIfAborted()
  throw failure(command, { printed: ended.stderr ?? '', seconds: ended.timedOut ? seconds : undefined, cause: ended })
}

/** The same, but undefined where the engine refuses, does not answer, or is not there. */
export async function askEngine(command: Command, options: EngineOptions = {}): Promise<string | undefined> {
  try {
    return await engine(command, options)
  } catch (error) {
    if (error instanceof EngineError) return undefined
    throw error
  }
}

/** What a command prints on both its outputs, also when the engine refuses: for logs that are kept as they are. */
export async function everythingPrinted(command: Command, { seconds = usualSeconds }: EngineOptions = {}): Promise<string> {
  const ended = await execa('docker', command, { reject: false, all: true, timeout: seconds * 1000 } as const)
  return ended.all ?? ''
}

/**
 * Runs a command and appends all that it prints to a file, as it prints it. Throws an `EngineError` where it fails or does not end in time;
 * `why` is the last line that says so.
 */
export async function engineInto(command: Command, file: string, { seconds = usualSeconds, signal }: EngineOptions = {}): Promise<void> {
  const ended = await execa('docker', command, {
    ...{ reject: false, timeout: seconds * 1000, all: true, stdin: 'ignore' },
    stdout: ['pipe', { file, append: true }],
    stderr: ['pipe', { file, append: true }],
    ...(signal !== undefined && { cancelSignal: signal }),
  } as const)
  if (!ended.failed) return
  signal?.throwIfAborted()
  throw failure(command, { printed: reasonIn(ended.all ?? ''), seconds: ended.timedOut ? seconds : undefined, cause: ended })
}

/** The line that says why a command failed: the last that begins like an error, else the last one. */
export function reasonIn(printed: string): string {
  const lines = linesOf(printed)
  return (lines.findLast((line) => /^\s*(\[ERROR |error[: ])/i.test(line)) ?? lines.at(-1) ?? '').trim()
}

/** Runs a command that prints one name a line. */
export async function engineLines(command: Command, options: EngineOptions = {}): Promise<readonly string[]> {
  return linesOf(await engine(command, options))
}

/** Describes objects as `docker inspect` does. Those that are gone by now are left out. */
export async function inspect<Found>(kind: 'container' | 'network', names: readonly string[]): Promise<readonly Found[]> {
  if (names.length === 0) return []
  const format = '{{json .}}'
  const ended = await execa('docker', [kind, 'inspect', '--format', format, ...names], { reject: false, timeout: usualSeconds * 1000 })
  const isGone = ended.failed && /no such|not found/i.test(ended.stderr ?? '')
  if (ended.failed && !isGone) {
    throw failure([kind, 'inspect'], {
      printed: ended.stderr ?? '',
      seconds: ended.timedOut ? usualSeconds : undefined,
      cause: ended,
    })
  }
  return linesOf(ended.stdout ?? '').map((line) => JSON.parse(line) as Found)
}

/**
 * Runs a command whose input is a file, such as an archive of images. It has no limit: images take as long as they take. Throws an
 * `EngineError` with the command and the engine's own words.
 */
export async function engineFromFile(
  command: Command,
  { file, signal }: { readonly file: string; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const ended = await execa('docker', command, {
    reject: false,
    inputFile: file,
    ...(signal !== undefined && { cancelSignal: signal }),
  })
  if (!ended.failed) return
  signal?.throwIfAborted()
  throw failure(command, { printed: ended.stderr ?? '', seconds: undefined, cause: ended })
}

/** Starts a command whose input or output is a stream, such as an archive of images. It has no limit: images take as long as they take. */
export function streamEngine(command: Command, options: { readonly buffer?: boolean } = {}) {
  return execa('docker', command, { buffer: options.buffer ?? true, stdin: 'pipe' } as const)
}

/**
 * Gives what one command prints to another as its input, however long that takes. Throws an `EngineError` with the words of the one that
 * failed: where the first did, its own, not those of the second, which then misses the end of its input.
 */
export async function pipeEngine(from: Command, to: Command): Promise<void> {
  const source = execa('docker', from, { buffer: { stdout: false }, reject: false } as const)
  const second = await source.pipe(streamEngine(to)).then(
    () => undefined,
    (cause: unknown) => cause as { readonly stderr?: string },
  )
  const first = await source
  if (first.failed) throw failure(from, { printed: first.stderr ?? '', seconds: undefined, cause: first })
  if (second !== undefined) throw failure(to, { printed: second.stderr ?? '', seconds: undefined, cause: second })
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}

function failure(
  command: Command,
  { printed, seconds, cause }: { readonly printed: string; readonly seconds: number | undefined; readonly cause: unknown },
): EngineError {
  const shown = `docker ${command.slice(0, 3).join(' ')}`
  const words = (printed.trim().split('\n').at(-1) ?? '').replace(/^Error response from daemon: /, '').replace(/\.$/, '')
  const isThere = (cause as { readonly code?: string }).code !== 'ENOENT'
  const why = seconds !== undefined ? `no answer within ${seconds} s` : isThere ? words : 'there is no docker command on this machine'
  const what = seconds === undefined ? `failed${why === '' ? '' : `: ${why}`}` : `did not end within ${seconds} s`
  return new EngineError(`"${shown}" ${what}.`, { printed, why, cause, fix: `Run ${ownCommand} doctor.` })
}
