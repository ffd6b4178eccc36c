import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { command } from './command.ts'
import type { DataDirectory } from './storage/data-directory.ts'

/** Why a process of the driver cannot do its work right now, or undefined when it can. */
export type Readiness = () => Promise<string | undefined>

/** Asks for all that the driver needs; `isRegistered` tells whether kubelet knows it, where a kubelet is to know it. */
export function readiness(data: DataDirectory, isRegistered: () => boolean): Readiness {
  // Programs do not go away while a process runs, and kubelet asks every second.
  const tools = command('mkfs.xfs', ['-V']).then(
    () => undefined,
    (error: unknown) => String(error),
  )
  return async () => {
    if (!isRegistered()) return 'kubelet has not registered the driver yet'
    try {
      await access(data.root, constants.W_OK)
      await access('/dev/loop-control', constants.R_OK | constants.W_OK)
      return await tools
    } catch (error) {
      return String(error)
    }
  }
}
