import { Server } from '@grpc/grpc-js'
import { openCallLog, type CallSink } from './call-log.ts'
import { controllerService } from './controller/controller-service.ts'
import { groupService } from './controller/group-service.ts'
import type { DriverOptions } from './driver-options.ts'
import { slowed } from './faults/slow-calls.ts'
import { addService, listen, loadService, stopServer } from './grpc-server.ts'
import { serveHttp } from './http-server.ts'
import { identityService } from './identity-service.ts'
import { log } from './log.ts'
import { openMetrics } from './metrics.ts'
import { nodeService } from './node/node-service.ts'
import { readiness } from './readiness.ts'
import { serveRegistration } from './registration.ts'
import type { Service } from './service.ts'
import { openDataDirectory, type DataDirectory } from './storage/data-directory.ts'
import { certainlyLeft, thawLeftovers } from './storage/frozen-copy.ts'
import { sweepImages, sweepRecords, sweepUnfinishedGroups } from './storage/leftovers.ts'
import { prepareLoopDeviceNodes } from './storage/loop-device.ts'

/** Seconds between two looks for file systems that a killed controller left frozen. */
const thawInterval = 5

/** Starts one process's part of the driver; disposing of it lets running calls end. `refused` hears why kubelet refuses the driver. */
export async function startDriver(options: DriverOptions, refused: (reason: string) => void): Promise<AsyncDisposable> {
  const { mode, nodeId, endpoint } = options
  const isController = mode !== 'node'
  const isNode = mode !== 'controller'
  const data = await openDataDirectory(options.dataDirectory)
  if (options.faults) log('warn', 'faults are enabled: classes can make this driver violate CSI on purpose')
  await cleanUp(data, isController)

  await using stack = new AsyncDisposableStack()
  let isRegistered = !isNode || options.kubeletRegistration === undefined
  const whyNotReady = readiness(data, () => isRegistered)
  const metrics = openMetrics(data)
  const file = stack.use(openCallLog(data.callLogs, `${nodeId}-${mode}`))
  const calls: CallSink = {
    append: (record) => {
      metrics.observe(record)
      file.append(record)
    },
  }
  const server = new Server()
  const add = (name: string, service: Service) => {
    const served = options.faults ? slowed(data, service) : service
    addService(server, loadService('csi.proto', `csi.v1.${name}`).service, { service: served, calls })
  }
  add('Identity', identityService(options, whyNotReady))
  if (isController) {
    add('Controller', controllerService(data, { faultsEnabled: options.faults, behaviour: options.behaviour }))
    add('GroupController', groupService(data, { faultsEnabled: options.faults }))
  }
  if (isNode) {
    add('Node', nodeService({ data, nodeId, zone: options.zone, maxVolumes: options.maxVolumesPerNode }))
    await introduce(data, options)
    stack.use(thawNowAndThen(data))
  }
  const socket = endpoint.slice('unix://'.length)
  await listen(server, socket)
  stack.defer(() => stopServer(server))
  if (options.httpPort !== undefined) {
    const http = await serveHttp(options.httpPort, { metrics, whyNotReady })
    stack.defer(() => void http.close())
  }
  log('info', 'listening', { mode, nodeId, endpoint })

  if (isNode && options.kubeletRegistration !== undefined) {
    const registered = () => {
      isRegistered = true
    }
    const kubeletEndpoint = options.kubeletEndpoint ?? socket
    const registration = await serveRegistration({
      driverName: options.driverName,
      directory: options.kubeletRegistration,
      endpoint: kubeletEndpoint,
      calls,
      registered,
      refused,
    })
    stack.defer(() => stopServer(registration))
  }
  return stack.move()
}

/** Puts right what killed processes left half done. Serves no call yet, so a controller is alone with what only it writes. */
async function cleanUp(data: DataDirectory, isController: boolean): Promise<void> {
  if (isController) {
    await thawLeftovers(data)
    await sweepUnfinishedGroups(data)
    await sweepImages(data)
  }
  await sweepRecords(data)
}

/** Makes the node known to the controller, with all that it decides by. */
async function introduce(
  data: DataDirectory,
  { nodeId, zone, maxVolumesPerNode, faults, kubeletRegistration }: DriverOptions,
): Promise<void> {
  if (kubeletRegistration !== undefined) await prepareLoopDeviceNodes()
  await data.nodes.write(nodeId, { id: nodeId, zone, maxVolumes: maxVolumesPerNode, faults, startedAt: new Date().toISOString() })
}

/** A controller that was killed while a file system was frozen may never return, so any node thaws it. */
function thawNowAndThen(data: DataDirectory): Disposable {
  const timer = setInterval(() => {
    thawLeftovers(data, certainlyLeft).catch((error: unknown) => log('error', 'thawing failed', { error: String(error) }))
  }, thawInterval * 1000)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
