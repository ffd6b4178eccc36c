import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ClusterRecord, Feature } from '../../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../../contract/owner.ts'
import { type UpgradedStage, upgradePaths, type UpgradeProgress, waitingFile } from '../../../contract/upgrade.ts'
import { type History, openHistory } from '../../engine/history/history.ts'
import type { Measurement } from '../../engine/history/history-entry.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { platformUpgrade } from './platform-upgrade.ts'

let directory = ''

beforeEach(() => (directory = mkdtempSync(join(tmpdir(), temporaryPrefix('upgrade')))))

afterEach(() => rmSync(directory, { recursive: true, force: true }))

const at = (second: number) => new Date(1_700_000_000_000 + second * 1000).toISOString()
const versions = { apiServer: 'v1.37.2', nodes: [], images: {} }
const over = (stage: UpgradedStage['stage']): UpgradedStage => ({
  stage,
  startedAt: at(0),
  endedAt: at(9),
  before: versions,
  after: versions,
})

const progress: UpgradeProgress = {
  schemaVersion: 1,
  changes: { kubernetes: { from: 'v1.36.3', to: 'v1.37.2' } },
  drained: true,
  steps: [
    { title: 'cp: kubeadm upgrade apply v1.37.2', stage: 'control-plane', startedAt: at(1), endedAt: at(8) },
    { title: 'cp: kubectl drain cp', stage: 'whole' },
  ],
  stages: [over('begin'), over('control-plane')],
}

function told(change: Partial<UpgradeProgress> = {}): void {
  const { progress: file } = upgradePaths(directory)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify({ ...progress, ...change }))
}

function upgraded(history: History, { features = ['PlatformUpgrade'] }: { readonly features?: readonly Feature[] } = {}) {
  return platformUpgrade({
    api: {} as KubernetesApi,
    cluster: { name: 'holdfast-test', features } as unknown as ClusterRecord,
    history,
    measure: (what, label, of) => history.append({ type: 'measurement', what, label, ...of }) as Measurement,
    namespace: 'hf-test',
    guarantee: 'upgrade/one',
    directory,
    signal: new AbortController().signal,
  })
}

test('a suite says what it waits for, and its history has the upgrade as an act, its steps as marks, and what was seen', async () => {
  const history = openHistory()
  told({ stages: [] })
  const waiting = upgraded(history).upgraded('control-plane')
  const file = join(upgradePaths(directory).waiting, waitingFile('upgrade/one'))
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ guarantee: 'upgrade/one', stage: 'control-plane' })
  expect(history.entries).toMatchObject([{ type: 'act', verb: 'upgrade', phase: 'requested', request: { part: 'control-plane' } }])

  told()
  await waiting
  expect(history.entries.slice(1)).toMatchObject([
    { type: 'act', phase: 'accepted' },
    { type: 'mark', name: `Upgrade: cp: kubeadm upgrade apply v1.37.2, ${at(1)} to ${at(8)}` },
    { type: 'measurement', what: 'upgrade', label: 'control-plane', value: { changes: progress.changes, drained: true } },
  ])
})

test('it waits beside its slot, which others need to get as far', async () => {
  const history = openHistory()
  let aside = 0
  history.watchWithin(async (work) => {
    aside += 1
    return work()
  })
  told()
  await upgraded(history).begins()
  expect(aside).toBe(1)
  expect(history.entries).toMatchObject([{ type: 'mark' }])
})

test('an upgrade that ended early leaves the guarantee Inconclusive, with the reason', async () => {
  told({ stages: [], failure: 'The step "cp: kubeadm upgrade apply" failed: no space left.' })
  const ended = upgraded(openHistory()).upgraded('whole')
  await expect(ended).rejects.toThrow(Inconclusive)
  await expect(ended).rejects.toMatchObject({ reason: { summary: expect.stringContaining('no space left') as unknown } })
})

test('on a cluster that nobody upgrades, it says which command does', async () => {
  const waiting = upgraded(openHistory(), { features: [] }).begins()
  await expect(waiting).rejects.toMatchObject({ reason: { summary: expect.stringContaining('holdfast upgrade') as unknown } })
})
