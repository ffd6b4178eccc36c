import { pause } from '../../engine/pause.ts'

/**
 * Waits for twenty turns of each kubelet, two seconds: ten times a second it compares the volumes on its node with the Pods there, and
 * begins to mount or unmount what differs. Nobody outside sees that begin.
 */
export async function kubeletTurns(): Promise<void> {
  await pause(2)
}
