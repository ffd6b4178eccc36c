import { credentials } from '@grpc/grpc-js'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { loadService, stopServer } from './grpc-server.ts'
import { registrationSocket, serveRegistration } from './registration.ts'

function missing(): never {
  throw new Error('registration.proto lacks a method of kubelet.')
}

test('kubelet learns who the driver is, in place of a stale socket, and the driver learns why it is refused', async () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const refusals: string[] = []
  const driverName = 'csi.example.com'
  const socket = registrationSocket(directory, driverName)
  writeFileSync(socket, '')
  const calls = { append: () => undefined, [Symbol.dispose]: () => undefined }
  const server = await serveRegistration({
    driverName,
    directory,
    endpoint: '/csi/csi.sock',
    calls,
    registered: () => undefined,
    refused: (reason) => refusals.push(reason),
  })
  const client = new (loadService('registration.proto', 'pluginregistration.Registration'))(`unix:${socket}`, credentials.createInsecure())
  const getInfo: (request: object) => Promise<unknown> = promisify(client['GetInfo']?.bind(client) ?? missing)
  const notify: (request: object) => Promise<unknown> = promisify(client['NotifyRegistrationStatus']?.bind(client) ?? missing)
  try {
    expect(await getInfo({})).toEqual({
      type: 'CSIPlugin',
      name: driverName,
      endpoint: '/csi/csi.sock',
      supported_versions: ['1.0.0'],
    })
    await notify({ plugin_registered: true, error: '' })
    await notify({ plugin_registered: false, error: 'no such version' })
    expect(refusals).toEqual(['no such version'])
  } finally {
    client.close()
    await stopServer(server)
    rmSync(directory, { recursive: true })
  }
})
