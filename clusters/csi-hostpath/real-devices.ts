import { accessSync, constants } from 'node:fs'
import { command } from './command.ts'

/** Why tests on real loop devices cannot run on this machine, or undefined when they can. */
export async function whyNoRealDevices(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs root on Linux'
  try {
    for (const tool of ['mkfs.xfs', 'mkfs.ext4']) await command(tool, ['-V'])
    accessSync('/dev/loop-control', constants.R_OK | constants.W_OK)
    return undefined
  } catch (error) {
    return `this machine lacks mkfs.xfs, mkfs.ext4 or loop devices: ${String(error)}`
  }
}
