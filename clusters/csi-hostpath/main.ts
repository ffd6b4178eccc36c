import { isAbsolute } from 'node:path'
import { parseArgs } from 'node:util'
import { startDriver } from './driver.ts'
import type { DriverOptions } from './driver-options.ts'
import { isNodeId } from './ids.ts'
import { log } from './log.ts'

function readMode(mode: string): DriverOptions['mode'] {
  if (mode === 'controller' || mode === 'node' || mode === 'all') return mode
  throw new Error(`--mode=${mode} is unknown: use controller, node or all.`)
}

/** Reads the command line. Throws one sentence that says what to change. */
function readOptions(args: readonly string[]): DriverOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      mode: { type: 'string', default: 'all' },
      endpoint: { type: 'string', default: 'unix:///csi/csi.sock' },
      'node-id': { type: 'string' },
      'data-directory': { type: 'string', default: '/var/lib/holdfast/volumes' },
      'kubelet-registration': { type: 'string' },
      'kubelet-endpoint': { type: 'string' },
      zone: { type: 'string', default: '' },
      faults: { type: 'boolean', default: false },
    },
  })
  const nodeId = values['node-id']
  if (nodeId === undefined || !isNodeId(nodeId))
    throw new Error(`--node-id=${nodeId ?? ''} is not a node name: give the name of this node.`)
  if (!values.endpoint.startsWith('unix:///'))
    throw new Error(`--endpoint=${values.endpoint} is not a socket: use unix:///path/to/csi.sock.`)
  const dataDirectory = values['data-directory']
  if (!isAbsolute(dataDirectory)) throw new Error(`--data-directory=${dataDirectory} is not an absolute path: start it with a slash.`)
  return {
    mode: readMode(values.mode),
    endpoint: values.endpoint,
    nodeId,
    dataDirectory,
    kubeletRegistration: values['kubelet-registration'],
    kubeletEndpoint: values['kubelet-endpoint'],
    zone: values.zone,
    faults: values.faults,
  }
}

function refused(reason: string): void {
  log('error', 'kubelet refused the driver', { reason })
  process.exit(1)
}

async function main(): Promise<void> {
  let options: DriverOptions
  try {
    options = readOptions(process.argv.slice(2))
  } catch (error) {
    log('error', error instanceof Error ? error.message : String(error))
    process.exit(3)
  }
  const driver = await startDriver(options, refused)
  const stop = (signal: string) => {
    log('info', 'stopping', { signal })
    void driver[Symbol.asyncDispose]().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

await main().catch((error: unknown) => {
  log('error', error instanceof Error ? error.message : String(error))
  process.exit(1)
})
