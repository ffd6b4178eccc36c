import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { exampleAuditLog, exampleEvents, exampleHistory, exampleNamespace, logged, stored } from '../../testing/example-audit.ts'
import type { HistoryEntry } from '../history/history-entry.ts'
import { openApi } from '../kubernetes/api.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { collectAudit } from './collect-audit.ts'
import { endOf } from '../audit/sources.ts'

const auditLog = { node: 'control-plane', directory: 'kubernetes/audit', ...exampleAuditLog }
const directory = '/api/v1/nodes/control-plane/proxy/logs/kubernetes/audit/'
const namespacePath = `/api/v1/namespaces/${exampleNamespace}`

const text = (events: readonly AuditEvent[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('')

const beforeEnd = exampleEvents.filter(({ auditID }) => auditID !== endOf(exampleNamespace))

/** A server that serves these files, and writes the end of the guarantee to the log after so many readings. */
async function serving(files: Readonly<Record<string, string>>, { endAfter = 0, isGone = false } = {}) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { url = '' } = request
    asked.push(url)
    const readings = asked.filter((path) => path.endsWith('/audit.log')).length
    const end = text([
      logged({
        at: 9_500,
        verb: 'get',
        auditID: String(request.headers['audit-id'] ?? endOf(exampleNamespace)),
        objectRef: { resource: 'namespaces', name: exampleNamespace },
      }),
    ])
    if (url === namespacePath)
      response.writeHead(isGone ? 404 : 200).end(JSON.stringify({ metadata: { creationTimestamp: '2026-11-30T10:00:00Z' } }))
    else if (url === directory)
      response.end(
        `<pre>\n${Object.keys(files)
          .map((file) => `<a href="${file}">${file}</a>`)
          .join('\n')}</pre>`,
      )
    else response.end(`${files[url.slice(directory.length)] ?? ''}${url.endsWith('/audit.log') && readings > endAfter ? end : ''}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const api = openApi({ server: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), tls: {}, headers: {} })
  onTestFinished(async () => {
    api.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const collect = async (history: readonly HistoryEntry[] = exampleHistory) =>
    collectAudit({ api, auditLog, namespace: exampleNamespace, history, signal: new AbortController().signal })
  return { asked, collect }
}

const ids = (events: readonly AuditEvent[]) => events.map(({ auditID }) => auditID)

test('what the log has of the guarantee is kept, to its end', async () => {
  const { collect } = await serving({ 'audit.log': text(beforeEnd) })
  const { events, hasEnd } = await collect()
  expect(hasEnd).toBe(true)
  expect(ids(events)).toEqual(ids(exampleEvents))
})

test('what others did is left out, and so is what was refused or only read', async () => {
  const others = [
    logged({ at: 600, answered: stored('web-0', 600, { namespace: 'hf-other-d4e5f6' }) }),
    logged({ at: 601, answered: stored('pv-of-others', 601, { namespace: '' }), objectRef: { resource: 'persistentvolumes' } }),
    logged({ at: 602, code: 409, objectRef: { name: 'web-0' } }),
    logged({ at: 603, verb: 'get', objectRef: { name: 'web-0' } }),
    logged({ at: 604, verb: 'create', code: 201, objectRef: { resource: 'secrets', name: 'mine' } }),
    logged({ at: 605, verb: 'watch', userAgent: 'kubectl', requestURI: `${namespacePath}/pods?watch=true` }),
  ]
  const { collect } = await serving({ 'audit.log': text([...beforeEnd, ...others]) })
  expect(ids((await collect()).events)).toEqual(ids(exampleEvents))
})

test('an additional namespace, an object outside namespaces that was seen, and an act elsewhere are kept', async () => {
  const pv = stored('pv-1', 500, { namespace: '' })
  const more = [
    logged({ at: 600, answered: stored('web-0', 600, { namespace: `${exampleNamespace}-copy` }) }),
    logged({ at: 601, answered: pv, objectRef: { resource: 'persistentvolumes' } }),
    logged({ at: 602, auditID: 'act-9', verb: 'create', code: 403, objectRef: { resource: 'clusterroles', name: 'x' } }),
  ]
  const act = { ...exampleHistory[0], actId: 'act-9', auditID: 'act-9' } as HistoryEntry
  const seen = {
    type: 'observation',
    event: 'ADDED',
    kind: 'PersistentVolume',
    object: pv,
    seq: 8,
    at: '2026-11-30T10:00:01.000Z',
  } as const
  const { collect } = await serving({ 'audit.log': text([...beforeEnd, ...more]) })
  expect(ids((await collect([...exampleHistory, act, seen])).events)).toEqual([...ids(beforeEnd), ...ids(more), endOf(exampleNamespace)])
})

test('what was put aside since is read too, what was put aside before is not', async () => {
  const { asked, collect } = await serving({
    'audit.log': text(beforeEnd.slice(4)),
    'audit-2026-11-30T09-59-59.999.log': 'nothing of ours',
    'audit-2026-11-30T10-00-00.250.log': text(beforeEnd.slice(0, 5)),
  })
  expect(ids((await collect()).events)).toEqual(ids(exampleEvents))
  expect(asked.filter((path) => path.includes('audit-2026'))).toEqual([`${directory}audit-2026-11-30T10-00-00.250.log`])
})

test('a log that lags is read again, and half a line is no event', async () => {
  const { asked, collect } = await serving({ 'audit.log': `${text(beforeEnd)}{"auditID":"act-1","${exampleNamespace}\n` }, { endAfter: 2 })
  const { events, hasEnd } = await collect()
  expect([hasEnd, events.length]).toEqual([true, exampleEvents.length])
  expect(asked.filter((path) => path.endsWith('/audit.log'))).toHaveLength(3)
})

test('a log that never gets there has no end, and what it has is kept', async () => {
  const { collect } = await serving({ 'audit.log': text(beforeEnd) }, { endAfter: 99 })
  const { events, hasEnd } = await collect()
  expect([hasEnd, events.length]).toEqual([false, beforeEnd.length])
})

test('a namespace that its suite has deleted is no obstacle', async () => {
  const { collect } = await serving({ 'audit.log': text(beforeEnd) }, { isGone: true })
  expect((await collect()).hasEnd).toBe(true)
})
