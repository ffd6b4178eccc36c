import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { temporaryPrefix } from '../../contract/owner.ts'
import { resourcesOf, statusOf, writeKubeconfig } from '../testing/api-server.ts'
import { readEvidence } from './read-evidence.ts'

const pods = '/api/v1/namespaces/holdfast-run/pods'
const reader = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'evidence-reader', namespace: 'holdfast-run' }, spec: { containers: [] } }
const channels = { stdout: 1, stderr: 2, status: 3 } as const

type Say = (channel: keyof typeof channels, content: string | Buffer) => void

/** An API server with one Pod, which is Ready at once, and in which commands do what `command` says. */
async function serverWith(command: (say: Say, socket: WebSocket, attempt: number) => void) {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const asked: string[] = []
  const commands: string[][] = []
  let isThere = false
  const server = createServer((request, response) => {
    void text(request).then(() => {
      const { method = '', url = '' } = request
      asked.push(`${method} ${url}`)
      if (url === '/api/v1') return response.setHeader('content-type', 'application/json').end(JSON.stringify(discovery()?.body))
      if (method === 'POST') isThere = true
      if (method === 'DELETE') isThere = false
      const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
      const answer = isThere || method === 'DELETE' ? { status: 200, body: { ...reader, status } } : statusOf(404, 'pods not found')
      if (answer === undefined || answer === 'cut') return response.destroy()
      return response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
    })
  })
  const sockets = new WebSocketServer({ server, handleProtocols: (offered) => [...offered][0] ?? false })
  sockets.on('connection', (socket, request) => {
    commands.push(new URL(request.url ?? '/', 'http://api').searchParams.getAll('command'))
    command(
      (channel, content) => socket.send(Buffer.concat([Buffer.from([channels[channel]]), Buffer.from(content)])),
      socket,
      commands.length,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    rmSync(directory, { recursive: true })
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const kubeconfig = writeKubeconfig(directory, { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  const file = join(directory, 'evidence.tar.gz')
  const said: string[] = []
  const read = async () => readEvidence({ kubeconfig, context: 'test' }, { reader, file, log: (line) => said.push(line) })
  return { read, file, asked, commands, said }
}

function discovery() {
  const found = resourcesOf('v1', { Pod: 'pods' }, ['Pod'])
  return found === 'cut' ? undefined : found
}

const success = JSON.stringify({ kind: 'Status', status: 'Success' })

test('the bytes that tar writes in the Pod are those of the file, and the Pod is gone afterwards', async () => {
  const parts = [Buffer.from([0x1f, 0x8b, 0, 255, 10]), Buffer.from([13, 0, 128])]
  const { read, file, asked, commands } = await serverWith((say) => {
    for (const part of parts) say('stdout', part)
    say('status', success)
  })
  await read()
  expect(readFileSync(file)).toEqual(Buffer.concat(parts))
  expect(commands[0]?.slice(0, 4)).toEqual(['tar', '--create', '--gzip', '--directory'])
  const changes = asked.filter((request) => !request.startsWith('GET')).map((request) => request.split('?')[0])
  expect(changes).toEqual([`DELETE ${pods}/evidence-reader`, `POST ${pods}`, `DELETE ${pods}/evidence-reader`])
})

test('a connection that breaks off is tried again, and the file is whole then', async () => {
  const { read, file, said } = await serverWith((say, socket, attempt) => {
    say('stdout', attempt === 1 ? 'half of' : 'all of it')
    if (attempt === 1) socket.close()
    else say('status', success)
  })
  await read()
  expect(readFileSync(file, 'utf8')).toBe('all of it')
  expect(said.join('\n')).toContain('trying again: the connection to Pod evidence-reader ended before the archive did')
})

test('what tar says when it fails is in the error, and the Pod is gone all the same', async () => {
  const { read, asked } = await serverWith((say) => {
    say('stderr', 'tar: /evidence: No such file or directory\n')
    say('status', JSON.stringify({ kind: 'Status', status: 'Failure', message: 'command terminated with exit code 2' }))
  })
  await expect(read()).rejects.toThrow('The evidence could not be read: tar in Pod evidence-reader failed: tar: /evidence: No such file')
  expect(asked.at(-1)).toContain('DELETE')
})
