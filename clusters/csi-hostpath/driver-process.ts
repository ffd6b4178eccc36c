import { execa } from 'execa'
import { join } from 'node:path'
import { loopDevicesBelow } from '../loop-devices.ts'
import { SetupError } from '../setup-error.ts'
import { command, diesWithParent } from './command.ts'
import { mountsBelow } from './node/mounts.ts'

/** A driver that runs as a process of this machine, on a socket and a data directory of its own. */
export interface DriverProcess extends AsyncDisposable {
  readonly socket: string
  readonly dataDirectory: string
  /** Ends the driver and returns everything it printed. */
  readonly stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<string>
}

/** The arguments with which node runs the driver with both its services in `directory`, and where it then listens and keeps its data. */
export function driverArguments(options: { readonly directory: string; readonly nodeId: string; readonly extraFlags?: readonly string[] }) {
  const { directory, nodeId, extraFlags = [] } = options
  const socket = join(directory, 'csi.sock')
  const dataDirectory = join(directory, 'data')
  const flags = ['--mode=all', `--node-id=${nodeId}`, `--endpoint=unix://${socket}`, `--data-directory=${dataDirectory}`, ...extraFlags]
  return { socket, dataDirectory, args: [join(import.meta.dirname, 'main.ts'), ...flags] }
}

/**
 * Starts the driver with both its services in `directory` and waits until it listens. Disposing of it stops it and removes every
 * mount and loop device below that directory. Throws a SetupError with the driver's output when it does not start.
 */
export async function startDriverProcess(options: {
  /** An existing directory with a path of at most 90 characters: a socket's path must be short. */
  readonly directory: string
  readonly nodeId: string
  /** The node program that runs the driver; this one when absent. */
  readonly nodeBinary?: string
  readonly extraFlags?: readonly string[]
}): Promise<DriverProcess> {
  const { directory, nodeBinary = process.execPath } = options
  const { socket, dataDirectory, args } = driverArguments(options)
  const [program, ...before] = diesWithParent
  const driver = execa(program, [...before, nodeBinary, ...args], { stdin: 'ignore', all: true, reject: false })
  const listening = new Promise<undefined>((resolve) => {
    let seen = ''
    driver.all.on('data', (chunk) => {
      seen += String(chunk)
      if (seen.includes('"message":"listening"')) resolve(undefined)
    })
  })
  const ended = await Promise.race([listening, driver])
  if (ended !== undefined) {
    throw new SetupError(`The CSI driver did not start: ${ended.all}`, {
      fix: 'Run `holdfast doctor` to see which precondition is missing.',
    })
  }
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    driver.kill(signal)
    const { all } = await driver
    return all
  }
  return {
    socket,
    dataDirectory,
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
      for (const path of await mountsBelow(directory)) await command('umount', [path])
      for (const { device } of await loopDevicesBelow(directory)) await command('losetup', ['--detach', device])
    },
  }
}
