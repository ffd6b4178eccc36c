import { Server } from '@grpc/grpc-js'
import { join } from 'node:path'
import type { CallSink } from './call-log.ts'
import { addService, listen, loadService } from './grpc-server.ts'
import { log } from './log.ts'

/** The kubelet's answer to a registration. */
interface RegistrationStatus {
  readonly plugin_registered: boolean
  readonly error: string
}

/** Path of the socket by which the driver introduces itself to kubelet. */
export function registrationSocket(directory: string, driverName: string): string {
  return join(directory, `${driverName}-reg.sock`)
}

/** Introduces the driver to the kubelet that watches this directory; `refused` hears why if kubelet does not want it. */
export async function serveRegistration(options: {
  readonly driverName: string
  readonly directory: string
  /** Path of the driver's own socket, as kubelet sees it. */
  readonly endpoint: string
  readonly calls: CallSink
  readonly registered: () => void
  readonly refused: (reason: string) => void
}): Promise<Server> {
  const { driverName, directory, endpoint, calls, registered, refused } = options
  const server = new Server()
  addService(server, loadService('registration.proto', 'pluginregistration.Registration').service, {
    calls,
    service: {
      GetInfo: async () => ({ type: 'CSIPlugin', name: driverName, endpoint, supported_versions: ['1.0.0'] }),
      NotifyRegistrationStatus: async (status: RegistrationStatus) => {
        if (status.plugin_registered) {
          log('info', 'registered with kubelet', { endpoint })
          registered()
        } else refused(status.error)
        return {}
      },
    },
  })
  await listen(server, registrationSocket(directory, driverName))
  return server
}
