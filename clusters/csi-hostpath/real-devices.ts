import { accessSync, constants } from 'node:fs'
import { missingFileSystemTools } from './file-system-tools.ts'

/** Why tests on real loop devices cannot run on this machine, or undefined when they can. */
export async function whyNoRealDevices(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs root on Linux'
  const missing = await missingFileSystemTools()
  if (missing.length > 0) return `this machine lacks ${missing.join(' and ')}`
  try {
    accessSync('/dev/loop-control', constants.R_OK | constants.W_OK)
    return undefined
  } catch (error) {
    return `this machine lacks loop devices: ${String(error)}`
  }
}
