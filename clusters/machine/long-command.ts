import { createWriteStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { cacheDirectory } from '../directories.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'

/** A command that takes minutes; its output goes to a log file. */
export interface LongCommand {
  /** What it does, as a participle: `building kubelet from Go modules`. */
  readonly title: string
  readonly command: string
  readonly arguments: readonly string[]
  readonly cwd?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly log: Log
  /** Called for each line of output; says how far the command is. */
  readonly progress?: (line: string) => string
  /** Ends it; its reason is thrown. */
  readonly signal?: AbortSignal | undefined
}

const secondsBetweenReports = 20

/** Commands that run; those that have run beside another one say what they are in each line. */
const running = new Set<{ isBeside: boolean }>()

/** Runs a command, keeps its output in a log file and says every 20 s how far it is. A failure names the log and its last lines. */
export async function longCommand(options: LongCommand): Promise<void> {
  await mkdir(cacheDirectory('logs'), { recursive: true })
  const logFile = join(cacheDirectory('logs'), `${options.title.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60)}-${process.pid}.log`)
  const sink = createWriteStream(logFile)
  const written = async () => new Promise<void>((resolve) => sink.end(() => resolve()))
  const started = Date.now()
  const elapsed = (): string => `${Math.round((Date.now() - started) / 1000)} s`
  let howFar = ''
  const own = { isBeside: running.size > 0 }
  for (const other of running) other.isBeside = true
  running.add(own)
  const named = (line: string): string => (own.isBeside ? `${line} (${options.title})` : line)
  options.log(`${options.title} (log: ${logFile})`)
  const reporting = setInterval(
    () => options.log(named(`  … ${[elapsed(), howFar].filter((part) => part !== '').join(', ')}`)),
    secondsBetweenReports * 1000,
  )
  try {
    const child = execa(options.command, [...options.arguments], {
      all: true,
      buffer: false,
      stdin: 'ignore',
      reject: false,
      killSignal: 'SIGINT',
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.environment === undefined ? {} : { env: options.environment }),
      ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    })
    createInterface({ input: child.all }).on('line', (line) => {
      sink.write(`${line}\n`)
      if (options.progress !== undefined) howFar = options.progress(line)
    })
    const result = await child
    options.signal?.throwIfAborted()
    if (result.failed) {
      await written()
      const tail = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-5).join('\n')
      throw new SetupError(`Failed after ${elapsed()}: ${options.title}.\n${tail}`, {
        fix: `Read the whole log: ${logFile}`,
        cause: result,
      })
    }
    options.log(named(`  done in ${elapsed()}`))
  } finally {
    running.delete(own)
    clearInterval(reporting)
    await written()
  }
}
