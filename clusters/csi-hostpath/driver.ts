import { Server } from '@grpc/grpc-js'
import { openCallLog } from './call-log.ts'
import { controllerService } from './controller-service.ts'
import { openDataDirectory, sweepLeftovers } from './data-directory.ts'
import type { DriverOptions } from './driver-options.ts'
import { thawLeftovers } from './frozen-copy.ts'
import { addService, listen, loadService, stopServer } from './grpc-server.ts'
import { identityService } from './identity-service.ts'
import { log } from './log.ts'
import { nodeService } from './node-service.ts'
import { serveRegistration } from './registration.ts'

/** Starts one process's part of the driver; disposing of it lets running calls end. `refused` hears why kubelet refuses the driver. */
export async function startDriver(options: DriverOptions, refused: (reason: string) => void): Promise<AsyncDisposable> {
  const { mode, nodeId, endpoint } = options
  const isController = mode !== 'node'
  const isNode = mode !== 'controller'
  const data = await openDataDirectory(options.dataDirectory)
  if (options.faults) log('warn', 'faults are enabled: StorageClasses may ask this driver to break its promises')
  if (isController) {
    await thawLeftovers(data)
    await sweepLeftovers(data)
  }

  await using stack = new AsyncDisposableStack()
  const calls = stack.use(openCallLog(data.callLogs, `${nodeId}-${mode}`))
  const server = new Server()
  const add = (name: string, service: Parameters<typeof addService>[2]['service']) => {
    addService(server, loadService('csi.proto', `csi.v1.${name}`).service, { service, calls })
  }
  add('Identity', identityService(data))
  if (isController) add('Controller', controllerService(data, { faultsEnabled: options.faults }))
  if (isNode) {
    add('Node', nodeService({ data, nodeId }))
    await data.nodes.write(nodeId, { id: nodeId, zone: options.zone, startedAt: new Date().toISOString() })
  }
  const socket = endpoint.slice('unix://'.length)
  await listen(server, socket)
  stack.defer(() => stopServer(server))
  log('info', 'listening', { mode, nodeId, endpoint })

  if (isNode && options.kubeletRegistration !== undefined) {
    const kubeletEndpoint = options.kubeletEndpoint ?? socket
    const registration = await serveRegistration({ directory: options.kubeletRegistration, endpoint: kubeletEndpoint, calls, refused })
    stack.defer(() => stopServer(registration))
  }
  return stack.move()
}
