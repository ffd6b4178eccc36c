import { isAbsolute } from 'node:path'
import { parseArgs } from 'node:util'
import { behaviourFlags, readBehaviour } from './behaviour.ts'
import { startDriver } from './driver.ts'
import { driverName, type DriverOptions } from './driver-options.ts'
import { log } from './log.ts'
import { cutPower } from './power-cut.ts'
import { isNodeId } from './storage/ids.ts'

function readMode(mode: string): DriverOptions['mode'] {
  if (mode === 'controller' || mode === 'node' || mode === 'all') return mode
  throw new Error(`--mode=${mode} is unknown: use controller, node or all.`)
}

function readCount(flag: string, text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 0 || count > 65_535)
    throw new Error(`--${flag}=${text} is not a whole number from 0 to 65535: give one.`)
  return count
}

/** Reads the command line. Throws one sentence that says what to change. */
function readOptions(args: readonly string[]): DriverOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'driver-name': { type: 'string', default: driverName },
      mode: { type: 'string', default: 'all' },
      endpoint: { type: 'string', default: 'unix:///csi/csi.sock' },
      'node-id': { type: 'string' },
      'data-directory': { type: 'string', default: '/var/lib/holdfast/volumes' },
      'kubelet-registration': { type: 'string' },
      'kubelet-endpoint': { type: 'string' },
      zone: { type: 'string', default: '' },
      'max-volumes-per-node': { type: 'string', default: '64' },
      'http-port': { type: 'string' },
      faults: { type: 'boolean', default: false },
      ...behaviourFlags,
    },
  })
  const nodeId = values['node-id']
  if (nodeId === undefined || !isNodeId(nodeId))
    throw new Error(`--node-id=${nodeId ?? ''} is not a node name: give the name of this node.`)
  if (!values.endpoint.startsWith('unix:///'))
    throw new Error(`--endpoint=${values.endpoint} is not a socket: use unix:///path/to/csi.sock.`)
  // As a domain name, by the specification of CSI: it is also the name of a socket.
  if (!/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/.test(values['driver-name']))
    throw new Error(`--driver-name=${values['driver-name']} is not a name of a driver: use one like csi.example.com.`)
  const dataDirectory = values['data-directory']
  if (!isAbsolute(dataDirectory)) throw new Error(`--data-directory=${dataDirectory} is not an absolute path.`)
  return {
    driverName: values['driver-name'],
    mode: readMode(values.mode),
    endpoint: values.endpoint,
    nodeId,
    dataDirectory,
    kubeletRegistration: values['kubelet-registration'],
    kubeletEndpoint: values['kubelet-endpoint'],
    zone: values.zone,
    maxVolumesPerNode: readCount('max-volumes-per-node', values['max-volumes-per-node']),
    httpPort: values['http-port'] === undefined ? undefined : readCount('http-port', values['http-port']),
    faults: values.faults,
    behaviour: readBehaviour(values),
  }
}

/** `driver power-cut`: shuts file systems of this node down, as its own process beside the driver. */
async function powerCut(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'node-id': { type: 'string', default: process.env['NODE_NAME'] ?? '' },
      'data-directory': { type: 'string', default: '/var/lib/holdfast/volumes' },
      volume: { type: 'string' },
      all: { type: 'boolean', default: false },
    },
  })
  if ((values.volume === undefined) !== values.all)
    throw new Error('Choose which file systems lose power: --volume=<volume handle> or --all.')
  if (!isNodeId(values['node-id'])) throw new Error(`--node-id=${values['node-id']} is not a node name: give the name of this node.`)
  await cutPower({ dataDirectory: values['data-directory'], nodeId: values['node-id'], volumeId: values.volume })
}

function refused(reason: string): void {
  log('error', 'kubelet refused the driver', { reason })
  process.exit(1)
}

/** Wrong usage is one sentence on standard error and exit code 3. */
function refuseUsage(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(3)
}

async function serve(args: readonly string[]): Promise<void> {
  let options: DriverOptions
  try {
    options = readOptions(args)
  } catch (error) {
    refuseUsage(error)
  }
  const driver = await startDriver(options, refused)
  const stop = (signal: string) => {
    log('info', 'stopping', { signal })
    void driver[Symbol.asyncDispose]().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

const [first, ...rest] = process.argv.slice(2)
if (first === 'power-cut') await powerCut(rest).catch(refuseUsage)
else {
  await serve(process.argv.slice(2)).catch((error: unknown) => {
    log('error', error instanceof Error ? error.message : String(error))
    process.exit(1)
  })
}
