import { type DriverOptions, driverVersion } from './driver-options.ts'
import { log } from './log.ts'
import type { Service } from './service.ts'

/** What the driver declares in GetPluginCapabilities. */
export const pluginServices = ['CONTROLLER_SERVICE', 'VOLUME_ACCESSIBILITY_CONSTRAINTS', 'GROUP_CONTROLLER_SERVICE']

/** csi.v1.Identity: who the driver is, what it offers, and whether it can work right now. */
export function identityService(
  { driverName, behaviour }: Pick<DriverOptions, 'driverName' | 'behaviour'>,
  whyNotReady: () => Promise<string | undefined>,
): Service {
  const expansion = { volume_expansion: { type: behaviour.expansion.toUpperCase() } }
  return {
    GetPluginInfo: async () => ({ name: driverName, vendor_version: driverVersion }),
    GetPluginCapabilities: async () => ({
      capabilities: [...pluginServices.map((type) => ({ service: { type } })), expansion],
    }),
    Probe: async () => {
      const reason = await whyNotReady()
      if (reason !== undefined) log('warn', 'not ready', { reason })
      return { ready: { value: reason === undefined } }
    },
  }
}
