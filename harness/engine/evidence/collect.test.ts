import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../../contract/owner.ts'
import { openApi } from '../kubernetes/api.ts'
import { type Failure, startScriptedApiServer } from '../kubernetes/scripted-api-server.ts'
import { collectEvidence } from './collect.ts'
import { endOfLog, logBytes, type SubjectCollector } from './collector.ts'

interface CollectOptions {
  readonly failure?: Failure
  readonly subjects?: readonly SubjectCollector[]
  /** The request upon which the time is over. */
  readonly lastOne?: RegExp
}

/** Collects the evidence of a namespace with one Pod: an init container that restarted, and a container that never started. */
async function collected({ failure, subjects = [], lastOne }: CollectOptions = {}) {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const server = await startScriptedApiServer()
  const api = openApi({ server: server.url, tls: {}, headers: {} })
  onTestFinished(async () => {
    api.close()
    await server[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true })
  })
  if (failure !== undefined) server.fail(failure)
  server.put('/api/v1/namespaces/hf-1', { metadata: {} })
  server.put('/api/v1/namespaces/hf-1/pods/web-0', {
    metadata: {},
    status: {
      initContainerStatuses: [{ name: 'copy', restartCount: 1, state: { terminated: {} } }],
      containerStatuses: [{ name: 'web', restartCount: 0, state: { waiting: {} } }],
    },
  })
  const over = new AbortController()
  if (lastOne !== undefined) void server.asked(lastOne).then(() => over.abort())
  const empty: string[] = []
  const missing = await collectEvidence({ api, namespace: 'hf-1', directory, history: [], subjects, empty, signal: over.signal })
  return {
    ...{ missing, empty },
    files: readdirSync(directory, { recursive: true, encoding: 'utf8' }).toSorted((one, other) => one.localeCompare(other)),
    directory,
    server,
  }
}

test('objects, Events and logs are kept, of init containers too, and of containers before their restart', async () => {
  const { missing, files, directory } = await collected()
  expect(missing).toEqual([])
  expect(files).toEqual([
    ...['events.yaml', 'logs', 'logs/web-0-copy-previous.log', 'logs/web-0-copy.log', 'objects', 'objects/pod-web-0.yaml'],
  ])
  expect(readFileSync(join(directory, 'logs/web-0-copy.log'), 'utf8')).toContain('tailLines=')
})

test.each([
  ['Pods', /\/pods$/, 'Pods could not be collected: scripted 500'],
  ['Jobs', /\/jobs$/, 'Jobs could not be collected: scripted 500'],
  ['PersistentVolumes', /\/persistentvolumes$/, 'Cannot list the PersistentVolumes of namespace hf-1: scripted 500'],
  ['Events', /\/events$/, 'Events could not be collected: scripted 500'],
  ['a log', /\/log$/, 'Log of web-0, container copy could not be collected: scripted 500'],
  ['namespaces', /\/namespaces$/, 'Namespaces could not be collected: scripted 500'],
] as const)('%s that cannot be had are named, and the rest is kept', async (_, path, finding) => {
  const { missing, files } = await collected({ failure: { method: 'GET', path, answer: 500 } })
  expect(missing[0]).toBe(finding)
  expect(files).toContain('events.yaml')
})

test('a subject adds its evidence, by the objects that were found; one that fails is named and stops no other', async () => {
  const failing = {
    what: 'What a driver did',
    collect: () => {
      throw new Error('no log')
    },
  }
  const adding: SubjectCollector = {
    what: 'Names',
    collect: ({ objects, write }) => write('names.txt', objects.map(({ metadata }) => metadata.name).join()),
  }
  const { missing, directory } = await collected({ subjects: [failing, adding] })
  expect(missing).toEqual(['What a driver did could not be collected: no log'])
  expect(readFileSync(join(directory, 'names.txt'), 'utf8')).toBe('web-0')
})

test('what is empty is noted, and no file is written for it', async () => {
  const silent: SubjectCollector = { what: 'What a server said', collect: ({ write }) => write('logs/silent.log', '') }
  const { missing, empty, files } = await collected({ subjects: [silent] })
  expect({ missing, empty }).toEqual({ missing: [], empty: ['logs/silent.log'] })
  expect(files).not.toContain('logs/silent.log')
})

test('nothing is asked for or written once the time is over', async () => {
  const failure = { method: 'GET', path: /\/statefulsets$/, answer: 'hangs' } as const
  const { missing, server, files } = await collected({ failure, lastOne: /^GET .*\/statefulsets$/ })
  expect(missing[0]).toContain('StatefulSets could not be collected')
  expect(server.requests).toContain('GET /apis/apps/v1/namespaces/hf-1/statefulsets')
  expect(server.requests.filter((request) => request.endsWith('/log'))).toEqual([])
  expect(files).toEqual(['logs', 'objects'])
})

test('of a long log the end is kept, from the beginning of a line', () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index} ${'·'.repeat(20)}`)
  const end = endOfLog(lines.join('\n'))
  expect(Buffer.byteLength(end)).toBeLessThanOrEqual(logBytes)
  expect(end.split('\n')[0]).toMatch(/^line \d+ /)
  expect(end.split('\n').at(-1)).toBe(lines.at(-1))
  expect(endOfLog('short')).toBe('short')
})
