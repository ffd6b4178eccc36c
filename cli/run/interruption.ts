import { exitCodes, type ExitCode } from '../shell/exit-code.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Watches for Ctrl-C and SIGTERM while something is going on. */
export interface Interruption extends Disposable {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal
  /** Name of the first signal, or undefined while there was none. */
  name(): NodeJS.Signals | undefined
  /** The exit code that the signal asks for, or undefined while there was none. */
  exitCode(): ExitCode | undefined
}

/** Turns the first signal into an abort and says what it stops; on every further one, tells that clean-up is going on already. */
export function watchInterruption(log: (line: string) => void, stopping: string): Interruption {
  const controller = new AbortController()
  let first: NodeJS.Signals | undefined
  function onSignal(signal: NodeJS.Signals): void {
    if (first !== undefined) {
      log(`${signal} again: clean-up is already running and takes up to a minute.`)
      return
    }
    first = signal
    log(`${signal}: ${stopping}.`)
    controller.abort(new Error(`interrupted by ${signal}`))
  }
  for (const signal of signals) process.on(signal, onSignal)
  return {
    signal: controller.signal,
    name: () => first,
    exitCode: () => (first === undefined ? undefined : first === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted),
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}
