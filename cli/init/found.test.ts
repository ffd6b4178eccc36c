import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startApiServer, statusOf } from '../../clusters/testing/api-server.ts'
import { answersOf, storageClass } from '../../clusters/testing/cluster-answers.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { parseSettings } from '../plan/config.ts'
import { lookAround, type LookOptions, textOf } from './found.ts'
import { settingsText } from './settings-text.ts'

let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

afterEach(() => {
  vi.unstubAllEnvs()
})

/** What a look says, without the line on this machine. */
async function seen(options: LookOptions = {}) {
  const { head, found } = await lookAround(options)
  expect(head[0]).toMatch(/^This machine has \d+ processors and [\d.]+ GiB of memory/)
  return { head: head.slice(1), found }
}

const classes = [storageClass('slow', { metadata: { name: 'slow' } }), storageClass('fast', { allowVolumeExpansion: true })]
const snapshotClasses = [{ metadata: { name: 'snap' }, driver: 'csi.example.com' }]

test('the classes of the current context are found, with the command that tries them, and its version is set', async () => {
  await using server = await startApiServer(answersOf({ storageClasses: classes, snapshotClasses }))
  vi.stubEnv('KUBECONFIG', `${join(directory, 'none')}:${server.kubeconfig}`)
  const text = await seen()
  expect(text.head).toEqual([
    `Contexts of ${server.kubeconfig}: test (current).`,
    'The cluster of test runs Kubernetes v1.36.3 and has',
    '  StorageClass slow of csi.example.com: Immediate',
    '  StorageClass fast of csi.example.com: default, Immediate, allows expansion',
    '  VolumeSnapshotClass snap of csi.example.com',
    '  no CSIDrivers that this user may see',
    'What a run on it would do, without touching it; no setting leads a run to a cluster, only these flags do:',
    `  holdfast run --dry-run --kubeconfig ${server.kubeconfig} --context test --storage-class fast --snapshot-class snap`,
  ])
  expect(parseSettings('holdfast.yaml', settingsText(text))).toEqual({ kubernetes: '1.36' })
  expect(server.asked.every((each) => each.startsWith('GET '))).toBe(true)
})

test('what the user may not see, and what is not served, is said', async () => {
  await using server = await startApiServer(answersOf({ hidden: ['StorageClass'] }))
  expect((await seen({ kubeconfig: server.kubeconfig })).head).toContain(
    '  no StorageClasses, VolumeSnapshotClasses, CSIDrivers that this user may see',
  )
})

test('a cluster of a version that Holdfast does not make sets none', async () => {
  const answer = answersOf({})
  await using server = await startApiServer((asked) =>
    asked.path === '/version' ? { body: { gitVersion: 'v1.29.1-gke.7' } } : answer(asked),
  )
  expect((await seen({ kubeconfig: server.kubeconfig })).found).toEqual({})
})

test('a cluster that does not answer is told of in one line', async () => {
  await using server = await startApiServer(() => statusOf(503, 'starting'))
  const { head, found } = await seen({ kubeconfig: server.kubeconfig })
  expect(head).toEqual([
    `Contexts of ${server.kubeconfig}: test (current).`,
    expect.stringMatching(/^Its cluster was not seen: The API server at http.* is not ready: it responded with 503\./),
  ])
  expect(found).toEqual({})
})

test('without a kubeconfig, or with one that is none, nothing is looked at', async () => {
  vi.stubEnv('KUBECONFIG', join(directory, 'none'))
  expect(await seen()).toEqual({ head: ['No kubeconfig was found: there is none in KUBECONFIG or ~/.kube/config.'], found: {} })
  const broken = join(directory, 'broken')
  writeFileSync(broken, 'workers: 2\n')
  vi.stubEnv('KUBECONFIG', broken)
  expect((await seen()).head).toEqual([expect.stringContaining(`${broken} is not a kubeconfig.`)])
})

test('a kubeconfig without a current context is listed', async () => {
  const path = join(directory, 'none-current')
  writeFileSync(path, 'contexts: [{name: one}, {name: two}]\n')
  vi.stubEnv('KUBECONFIG', path)
  expect((await seen()).head).toEqual([`Contexts of ${path}: one, two.`, 'None of them is current, so no cluster was looked at.'])
})

test('of several kubeconfigs, the one with the context that is wanted is looked at', async () => {
  const [none, broken, second] = ['none-current', 'broken', 'second'].map((name) => join(directory, name)) as [string, string, string]
  writeFileSync(none, 'contexts: [{name: one}]\n')
  writeFileSync(broken, 'workers: 2\n')
  await using server = await startApiServer(answersOf({ storageClasses: classes }))
  writeFileSync(second, readFileSync(server.kubeconfig, 'utf8').replaceAll(/\btest\b/g, 'second'))
  vi.stubEnv('KUBECONFIG', [none, broken, server.kubeconfig, second].join(':'))
  expect((await seen()).head).toContain(`Contexts of ${server.kubeconfig}: test (current).`)
  expect((await seen({ context: 'second' })).head).toContain(`Contexts of ${second}: second (current).`)
  await expect(lookAround({ context: 'third' })).rejects.toThrow(`${none} has no context third.`)
})

test('a kubeconfig or a context that was named and is not there is refused', async () => {
  await expect(lookAround({ kubeconfig: join(directory, 'none') })).rejects.toThrow('none does not exist.')
  await using server = await startApiServer(answersOf({}))
  await expect(lookAround({ kubeconfig: server.kubeconfig, context: 'tset' })).rejects.toThrow('Did you mean test?')
})

test('a machine that is too small, or has no engine, is told so', () => {
  expect(textOf({ processors: 2, memoryGiB: 2.1 }, 'No kubeconfig.').head[0]).toBe(
    'This machine has 2 processors and 2.1 GiB of memory, less than the 4 GiB that a run needs; ' +
      'no container engine answers; "holdfast doctor" says what to do.',
  )
})
