import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './named-as-answered.ts'
import { gap, historyOf, pvcSeen, pvSeen, seen } from '../../../engine/history/literal.ts'
import { callAnswered, callsRead } from './literal-calls.ts'

const params = { calls: { pvc: 'data', label: 'bound' } }
const [zoneKey, nodeKey] = ['topology.kubernetes.io/zone', 'topology.example.com/node']

const calls = (...answers: readonly object[]) =>
  callsRead(
    'bound',
    answers.map((volume) => callAnswered('CreateVolume', { volume })),
  )

const made = (accessible_topology: readonly object[] = [], volume_id = 'one') => ({ volume_id, accessible_topology })
const named = (handle: string) => [pvcSeen('data'), pvSeen('pv-of-data', { handle })] as const

export const handleAsAnswered = {
  upholds: [{ title: 'the id of the driver', params, history: historyOf(...named('one'), calls(made())) }],
  rejects: [
    { title: 'another id', params, history: historyOf(...named('other'), calls(made())) },
    {
      title: 'no handle',
      params,
      history: historyOf(pvcSeen('data'), seen('PersistentVolume', 'pv-of-data', { spec: { hostPath: { path: '/tmp' } } }), calls(made())),
    },
    { title: 'a volume that the driver did not make', params, history: historyOf(...named('one'), calls()) },
  ],
  gaps: [
    { title: 'calls not read', params, history: historyOf(...named('one')) },
    { title: 'no volume', params, history: historyOf(calls(made())) },
    { title: 'something was missed', params, history: historyOf(...named('one'), gap('PersistentVolume'), calls(made())) },
  ],
} satisfies Examples<typeof checks.handleAsAnswered>

const inZone = { segments: { [zoneKey]: 'zone-a' } }
const onNode = { segments: { [zoneKey]: 'zone-a', [nodeKey]: 'worker' } }
const has = (key: string, ...values: readonly string[]) => ({ key, operator: 'In', values })

function reachable(...terms: readonly (readonly object[])[]) {
  const nodeAffinity = { required: { nodeSelectorTerms: terms.map((matchExpressions) => ({ matchExpressions })) } }
  return [pvcSeen('data'), seen('PersistentVolume', 'pv-of-data', { spec: terms.length === 0 ? {} : { nodeAffinity } })] as const
}

const some = { ...params, from: 'some nodes' } as const
const every = { ...params, from: 'every node' } as const

export const reachableAsAnswered = {
  upholds: [
    { title: 'from everywhere', params: every, history: historyOf(...reachable(), calls(made())) },
    { title: 'from a zone', params: some, history: historyOf(...reachable([has(zoneKey, 'zone-a')]), calls(made([inZone]))) },
    {
      title: 'from a node, keys in another order',
      params: some,
      history: historyOf(...reachable([has(nodeKey, 'worker'), has(zoneKey, 'zone-a')]), calls(made([onNode]))),
    },
  ],
  rejects: [
    { title: 'forgotten', params: some, history: historyOf(...reachable(), calls(made([inZone]))) },
    { title: 'from everywhere against its class', params: some, history: historyOf(...reachable(), calls(made())) },
    {
      title: 'from a zone against its class',
      params: every,
      history: historyOf(...reachable([has(zoneKey, 'zone-a')]), calls(made([inZone]))),
    },
    { title: 'another zone', params: some, history: historyOf(...reachable([has(zoneKey, 'zone-b')]), calls(made([inZone]))) },
    { title: 'another key', params: some, history: historyOf(...reachable([has(nodeKey, 'zone-a')]), calls(made([inZone]))) },
    { title: 'one zone more', params: some, history: historyOf(...reachable([has(zoneKey, 'zone-a', 'zone-b')]), calls(made([inZone]))) },
    { title: 'a place that nobody named', params: every, history: historyOf(...reachable([has(zoneKey, 'zone-a')]), calls(made())) },
    { title: 'a volume that the driver did not make', params: some, history: historyOf(...reachable(), calls()) },
  ],
  gaps: [
    { title: 'calls not read', params: some, history: historyOf(...reachable()) },
    { title: 'no volume', params: some, history: historyOf(calls(made())) },
    { title: 'something was missed', params: some, history: historyOf(...reachable(), gap('PersistentVolumeClaim'), calls(made())) },
  ],
} satisfies Examples<typeof checks.reachableAsAnswered>
