import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { programOnPath } from '../../../contract/program-on-path.ts'
import { openReverts } from '../../engine/fixtures/reverts.ts'
import { tearDown } from '../../engine/fixtures/tear-down.ts'
import { openHistory } from '../../engine/history/history.ts'
import { openApi } from '../../engine/kubernetes/api.ts'
import { componentActs } from './components.ts'

const controlPlane = { name: 'control-plane', container: 'c-control-plane', role: 'control-plane' }

/** A cluster, and a program in place of the container engine that notes what it is asked and refuses some of it. */
function started(record: object = {}, refused = 'nothing') {
  const script = (own: string) => `echo "$*" >> ${own}/calls; case "$*" in *"${refused}"*) exit 1 ;; esac`
  const directory = programOnPath('docker', script)
  // Nothing listens there: none of these acts asks the API server.
  const api = openApi({ server: new URL('http://127.0.0.1:9'), tls: {}, headers: {} })
  onTestFinished(() => api.close())
  const cluster = { name: 'holdfast-unit', nodes: [controlPlane], features: ['ComponentControl'], ...record } as unknown as ClusterRecord
  const [history, reverts, over] = [openHistory(), openReverts(), new AbortController()]
  const acts = componentActs({ api, cluster, history, reverts, signal: over.signal })
  const calls = () => readFileSync(join(directory, 'calls'), 'utf8').trim().split('\n')
  return { acts, history, reverts, over, calls }
}

const [stop, goOn] = ['-STOP', '-CONT'].map((signal) => `exec c-control-plane pkill ${signal} -f -- /csi-resizer --csi-address`)

test('a sidecar that was paused goes on when the guarantee is over, whatever ended it', async () => {
  const { acts, history, reverts, over, calls } = started()
  await acts.pauseSidecar('csi-resizer')
  expect(history.entries.at(-1)).toMatchObject({ verb: 'pause', phase: 'accepted', subject: { kind: 'Node', name: 'control-plane' } })
  over.abort()
  history.seal()
  expect(await tearDown(reverts.take())).toEqual([])
  expect(calls()).toEqual([stop, goOn])
})

test('it goes on as soon as it is asked to', async () => {
  const { acts, history, calls } = started()
  await acts.pauseSidecar('csi-resizer')
  await acts.resumeSidecar('csi-resizer')
  expect(calls()).toEqual([stop, goOn])
  expect(history.entries.at(-1)).toMatchObject({ verb: 'resume', phase: 'accepted', subject: { kind: 'Node', name: 'control-plane' } })
})

test('one that could not be paused is resumed nevertheless, for nobody knows whether it was', async () => {
  const { acts, reverts, calls } = started({}, '-STOP')
  await expect(acts.pauseSidecar('csi-resizer')).rejects.toThrow('"docker exec c-control-plane pkill -STOP')
  expect(await tearDown(reverts.take())).toEqual([])
  expect(calls()).toEqual([stop, goOn])
})

test('one that cannot be resumed is a finding', async () => {
  const { acts, reverts } = started({}, '-CONT')
  await acts.pauseSidecar('csi-resizer')
  expect(await tearDown(reverts.take())).toEqual([expect.stringMatching(/^Reverting csi-resizer failed: "docker exec [^]*-CONT/)])
})

test('no sidecar is paused on a cluster of somebody else, or where there is no control plane to be reached', async () => {
  await expect(started({ features: [] }).acts.pauseSidecar('csi-resizer')).rejects.toThrow('Cluster holdfast-unit lacks ComponentControl')
  await expect(started({ nodes: [] }).acts.pauseSidecar('csi-resizer')).rejects.toThrow(
    'Cluster holdfast-unit has no one node that is its control plane.',
  )
})
