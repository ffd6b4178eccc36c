import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { command } from './command.ts'
import type { DataDirectory } from './data-directory.ts'
import { driverName, driverVersion } from './driver-options.ts'
import { log } from './log.ts'
import type { Service } from './service.ts'

async function whyNotReady(data: DataDirectory): Promise<string | undefined> {
  try {
    await access(data.root, constants.W_OK)
    await access('/dev/loop-control', constants.R_OK | constants.W_OK)
    await command('mkfs.xfs', ['-V'])
    return undefined
  } catch (error) {
    return String(error)
  }
}

/** csi.v1.Identity: who the driver is, what it offers, and whether it can work right now. */
export function identityService(data: DataDirectory): Service {
  return {
    GetPluginInfo: async () => ({ name: driverName, vendor_version: driverVersion }),
    GetPluginCapabilities: async () => ({
      capabilities: [{ service: { type: 'CONTROLLER_SERVICE' } }, { volume_expansion: { type: 'ONLINE' } }],
    }),
    Probe: async () => {
      const reason = await whyNotReady(data)
      if (reason !== undefined) log('warn', 'not ready', { reason })
      return { ready: { value: reason === undefined } }
    },
  }
}
