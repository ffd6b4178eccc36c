import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { readConnection } from './connection.ts'

let directory: string
const base64 = (text: string) => Buffer.from(text).toString('base64')

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kubeconfig-'))
  writeFileSync(join(directory, 'ca.crt'), 'CA in a file')
  return () => rmSync(directory, { recursive: true })
})

function kubeconfig(): string {
  const file = join(directory, 'config')
  const content = {
    'current-context': 'kind',
    contexts: [
      { name: 'kind', context: { cluster: 'kind', user: 'admin' } },
      { name: 'far', context: { cluster: 'far', user: 'robot' } },
    ],
    clusters: [
      { name: 'kind', cluster: { server: 'https://127.0.0.1:6443', 'certificate-authority-data': base64('CA') } },
      { name: 'far', cluster: { server: 'https://far.example/k8s/a', 'certificate-authority': 'ca.crt', 'tls-server-name': 'api' } },
    ],
    users: [
      { name: 'admin', user: { 'client-certificate-data': base64('certificate'), 'client-key-data': base64('key') } },
      { name: 'robot', user: { token: 'abc' } },
    ],
  }
  writeFileSync(file, stringify(content))
  return file
}

test('the current context brings its certificates', async () => {
  const { server, tls, headers } = await readConnection(kubeconfig())
  expect(server.href).toBe('https://127.0.0.1:6443/')
  expect(tls).toEqual({ ca: Buffer.from('CA'), cert: Buffer.from('certificate'), key: Buffer.from('key') })
  expect(headers).toEqual({})
})

test('a named context brings files next to the kubeconfig, a token and the name of the server', async () => {
  const { server, tls, headers } = await readConnection(kubeconfig(), 'far')
  expect(server.pathname).toBe('/k8s/a')
  expect(tls).toEqual({ ca: Buffer.from('CA in a file'), servername: 'api' })
  expect(headers).toEqual({ authorization: 'Bearer abc' })
})

test('a context that is not there is named', async () => {
  const file = kubeconfig()
  await expect(readConnection(file, 'nowhere')).rejects.toThrow(`${file} has no usable context nowhere.`)
})
