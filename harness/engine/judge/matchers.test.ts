import { expect, test } from 'vitest'
import type { Check, Condition } from './check.ts'
import { Inconclusive, Violation } from './errors.ts'
import type { ObservedObject } from '../history/history-entry.ts'
import { openHistory } from '../history/history.ts'
import { until } from './matchers.ts'
import type { Observer } from '../watch/observer.ts'

const pvc = (storage: string, resourceVersion: number): ObservedObject => ({
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'www-web-0', namespace: 'storage-4f2a', uid: 'u', resourceVersion: String(resourceVersion) },
  status: { phase: 'Bound', capacity: { storage } },
})

/** An observer over a history that the test writes itself; nothing else feeds it. */
function scripted(): Observer {
  const history = openHistory({ evidence: 'evidence/expansion/online-growth/history.jsonl' })
  const watch = {
    kind: 'PersistentVolumeClaim',
    down: () => undefined,
    catchUp: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  }
  history.watches.add({ watch, key: 'pvcs', fromTheBeginning: true })
  const subject = 'PersistentVolumeClaims of storage-4f2a'
  return { kinds: ['PersistentVolumeClaim'], history, subject, watches: [], signal: new AbortController().signal }
}

function observed({ history }: Observer, object: ObservedObject): void {
  history.append({ type: 'observation', event: 'MODIFIED', kind: 'PersistentVolumeClaim', object })
}

const sized = (storage: string, more: Partial<Condition> = {}): Condition => ({
  name: 'sized',
  params: { storage },
  reads: ['PersistentVolumeClaim'],
  description: `status.capacity.storage = ${storage}`,
  holds: (history) => JSON.stringify(history.at(-1))?.includes(`"storage":"${storage}"`) ?? false,
  seen: (history) => /"storage":"(\w+)"/.exec(JSON.stringify(history.at(-1)) ?? '')?.[1] ?? 'nothing',
  ...more,
})

const expanding = (observer: Observer) => {
  const subject = { kind: 'PersistentVolumeClaim', name: 'www-web-0', namespace: 'storage-4f2a' }
  observer.history.append({ type: 'act', actId: 'a', verb: 'expand', subject, phase: 'requested' })
  observer.history.append({ type: 'act', actId: 'a', verb: 'expand', subject, phase: 'accepted' })
  observed(observer, pvc('16Mi', 7))
}

const withoutTimes = (message: string) => message.replaceAll(/\+\d+\.\d/g, '+0.0')

async function errorOf(run: () => unknown): Promise<Error> {
  try {
    await run()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('Nothing was thrown.')
}

test('progress that is made within the limit is upheld, as soon as it is observed', async () => {
  const observer = scripted()
  const reached = expect(observer).toReach(sized('32Mi'), { within: 60 })
  observed(observer, pvc('16Mi', 7))
  observed(observer, pvc('32Mi', 8))
  await reached
  expect(observer.history.judgements).toMatchObject([{ verb: 'toReach', outcome: 'upheld', fromSeq: 0, untilSeq: 2, within: 60 }])
})

test('progress that is missed is a violation that says what was seen instead', async () => {
  const observer = scripted()
  expanding(observer)
  const error = await errorOf(() => expect(observer).toReach(sized('32Mi'), { within: 0.01 }))
  expect(error).toBeInstanceOf(Violation)
  expect(withoutTimes(error.message)).toMatchInlineSnapshot(`
    "PersistentVolumeClaims of storage-4f2a did not reach "status.capacity.storage = 32Mi" within 0.01 s: last seen 16Mi.
      expected   status.capacity.storage = 32Mi
      last seen  16Mi
      last error none
      sequence   +0.0 expand PersistentVolumeClaim www-web-0 · +0.0 PersistentVolumeClaim www-web-0 Bound 16Mi
      evidence   evidence/expansion/online-growth/history.jsonl"
  `)
  expect(error.stack?.split('\n').find((line) => line.startsWith('    at'))).not.toContain('harness/engine/judge/matchers.ts')
})

test('progress that has become impossible ends the wait at once, with the reason', async () => {
  const observer = scripted()
  const impossible = sized('32Mi', { unreachable: () => 'the resizer refused it: volume is not expandable.' })
  const error = await errorOf(() => expect(observer).toReach(impossible, { within: 600 }))
  expect(error).toBeInstanceOf(Violation)
  expect(error.message.split('\n')[0]).toMatchInlineSnapshot(
    `"PersistentVolumeClaims of storage-4f2a cannot reach "status.capacity.storage = 32Mi": the resizer refused it: volume is not expandable."`,
  )
})

test('progress missed across a gap is inconclusive', async () => {
  const observer = scripted()
  const missed = errorOf(() => expect(observer).toReach(sized('32Mi'), { within: 0.01 }))
  observer.history.append({ type: 'gap', kind: 'PersistentVolumeClaim', reason: 'resourceVersion 7 is gone' })
  const error = await missed
  expect(error).toBeInstanceOf(Inconclusive)
  expect(error.message).not.toMatch(/assert/i)
  expect(error.message.split('\n')[0]).toMatchInlineSnapshot(
    `"PersistentVolumeClaims of storage-4f2a: it is unknown whether "status.capacity.storage = 32Mi" was reached: the watch of PersistentVolumeClaim has a gap: resourceVersion 7 is gone"`,
  )
})

test('a missed precondition is inconclusive', async () => {
  const error = await errorOf(() => until(scripted(), sized('32Mi'), { within: 0.01 }))
  expect(error).toBeInstanceOf(Inconclusive)
})

test('a state that lasts is upheld, one that is left is a violation at once', async () => {
  const observer = scripted()
  observed(observer, pvc('16Mi', 7))
  await expect(observer).toStay(sized('16Mi'), { for: 0.01 })
  const staying = errorOf(() => expect(observer).toStay(sized('16Mi'), { for: 600 }))
  observed(observer, pvc('32Mi', 8))
  const error = await staying
  expect(error).toBeInstanceOf(Violation)
  expect(error.message.split('\n')[0]).toMatchInlineSnapshot(
    `"PersistentVolumeClaims of storage-4f2a did not stay "status.capacity.storage = 16Mi" for 600 s: seen 32Mi."`,
  )
})

test('a change between the causal mark and the wait is found', async () => {
  const observer = scripted()
  observed(observer, pvc('16Mi', 7))
  const after = observer.history.append({ type: 'mark', name: 'shrinking requested' })
  observed(observer, pvc('8Mi', 8))
  observed(observer, pvc('16Mi', 9))
  const stays = sized('16Mi', { holds: (history) => !JSON.stringify(history.slice(-1)).includes('8Mi') })
  if (after.type !== 'mark') throw new Error('not a mark')
  expect(await errorOf(() => expect(observer).toStay(stays, { for: 0.01, after }))).toBeInstanceOf(Violation)
})

test('what holds although nothing was seen is inconclusive', async () => {
  const always = sized('1', { holds: () => true })
  const error = await errorOf(() => expect(scripted()).toReach(always, { within: 1 }))
  expect(error).toBeInstanceOf(Inconclusive)
  expect(error.message.split('\n')[0]).toMatchInlineSnapshot(
    `"PersistentVolumeClaims of storage-4f2a: no data was seen to judge "status.capacity.storage = 1"."`,
  )
})

const check = (judge: Check['judge'], reads: Check['reads'] = []): Check => ({
  name: 'order',
  params: {},
  reads,
  description: 'web-0 comes before web-1',
  judge,
})

test('a check that rejects is a violation with the entries that show it', async () => {
  const observer = scripted()
  expanding(observer)
  const reason = { summary: 'PersistentVolumeClaim www-web-0 lost its volume.', expected: 'pv-1', actual: 'pv-2', entries: [0, 2] }
  const error = await errorOf(() => expect(observer.history).toUphold(check(() => ({ outcome: 'violated', reason }))))
  expect(error).toBeInstanceOf(Violation)
  expect(error).toMatchObject({ expected: 'pv-1', actual: 'pv-2' })
  expect(withoutTimes(error.message)).toMatchInlineSnapshot(`
    "PersistentVolumeClaim www-web-0 lost its volume.
      expected   pv-1
      last seen  pv-2
      last error none
      sequence   +0.0 expand PersistentVolumeClaim www-web-0 · +0.0 PersistentVolumeClaim www-web-0 Bound 16Mi
      evidence   evidence/expansion/online-growth/history.jsonl"
  `)
})

test('a check that breaks or looks at nothing is inconclusive', async () => {
  const { history } = scripted()
  const broken = check(() => {
    throw new TypeError('undefined is not a pod')
  })
  expect((await errorOf(() => expect(history).toUphold(broken))).message.split('\n')[0]).toMatchInlineSnapshot(
    `"Check order broke: undefined is not a pod"`,
  )
  const blind = check(() => ({ outcome: 'upheld', evaluated: 0 }))
  expect((await errorOf(() => expect(history).toUphold(blind))).message.split('\n')[0]).toMatchInlineSnapshot(
    `"The history has no data to judge this: web-0 comes before web-1"`,
  )
})

test('the guarantee running out of time ends a wait', async () => {
  const stop = new AbortController()
  const waiting = errorOf(() => until({ ...scripted(), signal: stop.signal }, sized('1'), { within: 600 }))
  stop.abort(new Error('out of time'))
  expect((await waiting).message).toBe('out of time')
})

test('a check of a kind that nobody watched is inconclusive, and says which line is missing', async () => {
  const { history } = scripted()
  const upholds = check(() => ({ outcome: 'upheld', evaluated: 1 }), ['PersistentVolumeClaim', 'PersistentVolume'])
  const error = await errorOf(async () => expect(history).toUphold(upholds))
  expect(error).toBeInstanceOf(Inconclusive)
  expect(error.message.split('\n')[0]).toMatchInlineSnapshot(
    `"Nobody watched PersistentVolumes: add "await observe.pvs()" before the first act. It is unknown whether this holds: web-0 comes before web-1."`,
  )
  expect(history.entries).toMatchObject([{ type: 'gap', kind: 'PersistentVolume', unwatched: true }])
})

test('a wait for a kind that nobody watched ends at once', async () => {
  const observer = scripted()
  const error = await errorOf(async () => expect(observer).toReach(sized('32Mi', { reads: ['PersistentVolume'] }), { within: 600 }))
  expect(error).toBeInstanceOf(Inconclusive)
  expect(error.message.split('\n')[0]).toMatchInlineSnapshot(
    `"Nobody watched PersistentVolumes: add "await observe.pvs()" before the first act. It is unknown whether "status.capacity.storage = 32Mi" holds."`,
  )
})

test('a check of a kind that was watched only after the first act is inconclusive', async () => {
  const { history } = scripted()
  const [early] = history.watches.open(['PersistentVolumeClaim'])
  if (early === undefined) throw new Error('no watch')
  history.watches.add({ watch: { ...early, kind: 'Pod' }, key: 'pods', fromTheBeginning: false })
  const error = await errorOf(async () => expect(history).toUphold(check(() => ({ outcome: 'upheld', evaluated: 1 }), ['Pod'])))
  expect(error.message.split('\n')[0]).toMatchInlineSnapshot(
    `"The watch of Pods was opened after the first act: move "await observe.pods()" before it. It is unknown whether this holds: web-0 comes before web-1."`,
  )
})

test('a measurement of something else is nothing seen', async () => {
  const observer = scripted()
  observer.history.append({ type: 'measurement', what: 'tree', label: 'before', subject: { kind: 'Pod', name: 'web-0' }, value: {} })
  const absent = sized('1', { holds: () => true, reads: ['PersistentVolumeClaim'] })
  expect(await errorOf(async () => expect(observer).toReach(absent, { within: 0.01 }))).toBeInstanceOf(Inconclusive)
  expect(await errorOf(async () => expect(observer).toStay(absent, { for: 0.01 }))).toBeInstanceOf(Inconclusive)
})
