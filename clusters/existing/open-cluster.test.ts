import { mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { type Answer, type KubeconfigParts, startApiServer, statusOf, writeKubeconfig } from '../testing/api-server.ts'
import { expiredCertificate, selfSignedCertificate } from '../testing/certificates.ts'
import { SetupError } from '../setup-error.ts'
import { openCluster } from './open-cluster.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const withCertificate = { 'client-certificate-data': base64(expiredCertificate.cert), 'client-key-data': base64(expiredCertificate.key) }

async function sentenceOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof SetupError)) throw new Error(`No SetupError but ${String(error)}`, { cause: error })
  expect(error.fix).toBeDefined()
  return error.message
}

test('a cluster that answers has the version of its API server', async () => {
  await using api = await startApiServer(() => ({ body: { major: '1', minor: '36', gitVersion: 'v1.36.3' } }))
  const { version, context, server } = await openCluster(api)
  expect({ version, context, server }).toEqual({ version: 'v1.36.3', context: 'test', server: api.server })
  expect(api.asked).toEqual(['GET /version'])
})

const unauthorized = statusOf(401, 'Unauthorized')

test.each<[string, Answer, KubeconfigParts, string]>([
  ['401', unauthorized, {}, 'The API server at SERVER does not accept the credentials of context test (401).'],
  [
    '401 to an expired certificate',
    unauthorized,
    { user: withCertificate },
    'The API server at SERVER does not accept the credentials of context test (401): its client certificate expired on 2020-02-01.',
  ],
  ['403', statusOf(403, 'Forbidden'), {}, 'The API server at SERVER does not allow the user of context test to read its version (403).'],
  ['503', statusOf(503, 'starting'), {}, 'The API server at SERVER is not ready: it responded with 503.'],
  ['404', { status: 404, body: '<html>' }, {}, 'The server at SERVER is not a Kubernetes API server: GET /version returned 404.'],
  [
    'a web page',
    { body: '<html>hello</html>' },
    {},
    'The server at SERVER is not a Kubernetes API server: the answer to GET /version has no version.',
  ],
  [
    'other JSON',
    { body: { hello: 'there' } },
    {},
    'The server at SERVER is not a Kubernetes API server: the answer to GET /version has no version.',
  ],
  [
    'a certificate that has expired',
    undefined,
    { tls: expiredCertificate, cluster: { 'certificate-authority-data': base64(expiredCertificate.cert) } },
    'The certificate of the API server at SERVER has expired (CERT_HAS_EXPIRED).',
  ],
  [
    'a certificate of nobody known',
    undefined,
    { tls: selfSignedCertificate },
    'The certificate of the API server at SERVER is not signed by the certificate authority of the kubeconfig (DEPTH_ZERO_SELF_SIGNED_CERT).',
  ],
  [
    'a plug-in that is not installed',
    undefined,
    { user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-plug-in' } } },
    'The credential plug-in no-such-plug-in of context test failed: spawn no-such-plug-in ENOENT.',
  ],
  [
    'a plug-in that fails',
    undefined,
    { user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'sh', args: ['-c', 'echo session expired >&2; exit 1'] } } },
    'The credential plug-in sh of context test failed: session expired.',
  ],
])('one sentence on %s', async (...[, answer, parts, sentence]) => {
  await using api = await startApiServer(() => answer, parts)
  expect((await sentenceOf(openCluster(api, 60))).replace(api.server, 'SERVER')).toBe(sentence)
})

test('one sentence on silence', async () => {
  await using api = await startApiServer(() => undefined)
  const sentence = 'The API server at SERVER did not answer within 0.3 s.'
  expect((await sentenceOf(openCluster(api, 0.3))).replace(api.server, 'SERVER')).toBe(sentence)
})

/** A port that refuses connections until the test ends: one end of a connection has it, so nobody else can get it and listen. */
async function refusingPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  onTestFinished(() => {
    socket.destroy()
    server.close()
  })
  await once(socket, 'connect')
  return socket.localPort ?? 0
}

test.each([
  ['https://127.0.0.1:PORT', 'No API server answers at https://127.0.0.1:PORT: the connection was refused (ECONNREFUSED).'],
  [
    'https://no-such-host.invalid:6443',
    /^No API server answers at https:\/\/no-such-host\.invalid:6443: (its host name does not resolve|the DNS lookup of its host name failed) \(E/,
  ],
  ['nonsense', /The kubeconfig .*\/kubeconfig cannot be used: nonsense is not a valid server address\./],
])('one sentence where nothing answers at %s', async (address, sentence) => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  try {
    const port = String(await refusingPort())
    const kubeconfig = writeKubeconfig(directory, { server: address.replace('PORT', port) })
    expect((await sentenceOf(openCluster({ kubeconfig }))).replace(port, 'PORT')).toMatch(sentence)
  } finally {
    rmSync(directory, { recursive: true })
  }
})

test('one sentence on a context that names no cluster of the file', async () => {
  await using api = await startApiServer(() => undefined)
  expect(await sentenceOf(openCluster({ kubeconfig: api.kubeconfig, context: 'other' }))).toBe(
    `The kubeconfig ${api.kubeconfig} cannot be used: context other has no cluster in the file.`,
  )
})

/** A proxy that answers each request for a tunnel with a status, or closes the connection. Resolves to its port. */
async function proxyThat(answers: string | undefined): Promise<number> {
  const proxy = createHttpServer().on('connect', (_, socket) => {
    if (answers === undefined) socket.destroy()
    else socket.end(`HTTP/1.1 ${answers}\r\nContent-Length: 0\r\n\r\n`)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  onTestFinished(() => void proxy.close())
  return (proxy.address() as AddressInfo).port
}

const behind = 'the API server at https://far.example:6443'

test.each<[string, () => Promise<number>, string]>([
  [
    'wants a password',
    async () => proxyThat('407 Proxy Authentication Required'),
    `The proxy http://127.0.0.1:PORT does not lead to ${behind}: it responded with 407. Put its user and password`,
  ],
  [
    'does not reach the server',
    async () => proxyThat('502 Bad Gateway'),
    `The proxy http://127.0.0.1:PORT does not lead to ${behind}: it responded with 502. Check that`,
  ],
  [
    'closes the connection',
    async () => proxyThat(undefined),
    `No proxy answers at http://127.0.0.1:PORT, by which ${behind} is reached: the connection was closed (`,
  ],
  ['is down', refusingPort, `No proxy answers at http://127.0.0.1:PORT, by which ${behind} is reached: the connection was refused (`],
])('one sentence on a proxy that %s, without its password', async (_, listen, sentence) => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const port = String(await listen())
  const cluster = { 'proxy-url': `http://jane:secret@127.0.0.1:${port}` }
  const kubeconfig = writeKubeconfig(directory, { server: 'https://far.example:6443', cluster })
  const error: unknown = await openCluster({ kubeconfig }).catch((thrown: unknown) => thrown)
  const { message, fix } = error as SetupError
  expect(`${message} ${fix ?? ''}`.replace(port, 'PORT').slice(0, sentence.length)).toBe(sentence)
})
