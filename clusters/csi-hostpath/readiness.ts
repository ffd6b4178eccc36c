import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { missingFileSystemTools } from './file-system-tools.ts'
import type { DataDirectory } from './storage/data-directory.ts'

/** Why a process of the driver cannot do its work right now, or undefined when it can. */
export type Readiness = () => Promise<string | undefined>

/** Asks for all that the driver needs; `isRegistered` tells whether kubelet knows it, where a kubelet is to know it. */
export function readiness(data: DataDirectory, isRegistered: () => boolean): Readiness {
  // Programs do not go away while a process runs, and kubelet asks every second.
  const missing = missingFileSystemTools()
  return async () => {
    if (!isRegistered()) return 'kubelet has not registered the driver yet'
    try {
      await access(data.root, constants.W_OK)
      await access('/dev/loop-control', constants.R_OK | constants.W_OK)
      const tools = await missing
      return tools.length === 0 ? undefined : `${tools.join(' and ')} cannot be run`
    } catch (error) {
      return String(error)
    }
  }
}
