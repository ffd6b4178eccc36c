import type { ExitCode } from '../shell/exit-code.ts'
import { failureText } from '../shell/failure.ts'
import { type Interruption, watchInterruption } from './interruption.ts'
import { log } from '../shell/log.ts'

const stoppingRun = 'stopping the run, keeping the evidence so far and cleaning up (up to a minute)'

/**
 * Runs `work`; after Ctrl-C or SIGTERM the exit code is that of the signal, whatever the interrupted work answered or threw. `stopping` is
 * said at the first signal.
 */
export async function withInterruption(
  work: (interruption: Interruption) => Promise<ExitCode>,
  stopping: string = stoppingRun,
): Promise<ExitCode> {
  using interruption = watchInterruption(log, stopping)
  try {
    const code = await work(interruption)
    return interruption.exitCode() ?? code
  } catch (error) {
    const code = interruption.exitCode()
    if (code === undefined) throw error
    if (error !== interruption.signal.reason) process.stderr.write(`${failureText(error)}\n`)
    return code
  }
}
