import { pause } from '../../engine/pause.ts'

/**
 * Waits until what is created next has a later `creationTimestamp` than all that was created before: the API server notes whole seconds,
 * and within one the order is not known. One second by the clock of this machine is enough, whatever the API server's clock shows.
 */
export async function laterSecond(): Promise<void> {
  await pause(1)
}
