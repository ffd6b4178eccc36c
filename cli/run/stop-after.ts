import { type Command, InvalidArgumentError } from 'commander'
import { counted } from '../../contract/counted.ts'
import { log } from '../shell/log.ts'
import { UsageError } from '../shell/usage-error.ts'

/** What the command line says of the time that a run may take. */
export interface StopAfterFlag {
  /** In minutes. */
  readonly stopAfter?: number
}

/** Timers of Node hold less than 25 days. */
const most = 9999

/** The flag that limits the time of a run. */
export function withStopAfterFlag(command: Command): Command {
  return command.option(
    '--stop-after <minutes>',
    'then stop in good order: keep what was judged, clean up, and end with exit code 143',
    minutes,
  )
}

/** Throws a `UsageError` where nothing runs here that could be stopped. */
export function requireRunHere({ stopAfter, detach = false, manifests }: StopAfterFlag & { detach?: boolean; manifests?: string }): void {
  if (stopAfter === undefined || (!detach && manifests === undefined)) return
  throw new UsageError(`--stop-after and ${detach ? '--detach' : '--manifests'} cannot be used together: nothing runs here.`, {
    fix: 'Leave one of them out.',
  })
}

/** Stops this process, after so many minutes, as SIGTERM does; never where none are given. Does not keep it from ending earlier. */
export function stopAfterMinutes({ stopAfter }: StopAfterFlag): void {
  if (stopAfter === undefined) return
  setTimeout(() => {
    log(`The run has had its ${counted(stopAfter, 'minutes')}.`)
    process.kill(process.pid, 'SIGTERM')
  }, stopAfter * 60_000).unref()
}

function minutes(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= most)) throw new InvalidArgumentError(`It must be a number of minutes, above 0 and at most ${most}.`)
  return value
}
