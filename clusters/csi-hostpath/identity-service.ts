import { driverVersion } from './driver-options.ts'
import { log } from './log.ts'
import type { Service } from './service.ts'

/** What the driver declares in GetPluginCapabilities. */
export const pluginServices = ['CONTROLLER_SERVICE', 'VOLUME_ACCESSIBILITY_CONSTRAINTS', 'GROUP_CONTROLLER_SERVICE']

/** csi.v1.Identity: who the driver is, what it offers, and whether it can work right now. */
export function identityService(driverName: string, whyNotReady: () => Promise<string | undefined>): Service {
  return {
    GetPluginInfo: async () => ({ name: driverName, vendor_version: driverVersion }),
    GetPluginCapabilities: async () => ({
      capabilities: [...pluginServices.map((type) => ({ service: { type } })), { volume_expansion: { type: 'ONLINE' } }],
    }),
    Probe: async () => {
      const reason = await whyNotReady()
      if (reason !== undefined) log('warn', 'not ready', { reason })
      return { ready: { value: reason === undefined } }
    },
  }
}
