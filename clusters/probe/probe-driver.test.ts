import { expect, test } from 'vitest'
import { clusterApi } from '../api.ts'
import { startApiServer } from '../testing/api-server.ts'
import { node } from '../testing/cluster-answers.ts'
import { type AnsweredDriver, driverAnswers } from '../testing/driver-answers.ts'
import { type ProbedVolumes, probeDriver, type ProbeOptions } from './probe-driver.ts'

const gibibyte = 2 ** 30
const nodes = ['one', 'two'].map((name) => node(name, { metadata: { name, labels: { 'kubernetes.io/hostname': name } } }))

async function probed(driver: AnsweredDriver, options: Partial<ProbeOptions> = {}) {
  await using server = await startApiServer(driverAnswers(driver))
  const result = await probeDriver(clusterApi(server.kubeconfig), {
    ...{ storageClass: 'fast', waits: false, grows: true, snapshotClass: undefined, image: 'example/image:1', settings: {}, nodes },
    ...{ within: { whole: 60, step: 60 }, log: () => undefined, ...options },
  })
  expect(server.asked.filter((each) => /^(POST|DELETE) \/api\/v1\/namespaces(\/[^/]+)?$/.test(each))).toHaveLength(2)
  return result
}

function volumesOf({ volumes }: Awaited<ReturnType<typeof probed>>): ProbedVolumes {
  if ('isThere' in volumes) throw new Error(volumes.seen)
  return volumes
}

/** Where something never comes. What does come has three times as long as the first volume took, however busy this machine is. */
const impatient = { within: { whole: 60, step: 2 } }

test.concurrent('a driver that can do everything', async () => {
  const result = await probed({ grows: 'online' })
  const { first, growth, block, onePod, shared, moved, copies, sizes, reachableFrom } = volumesOf(result)
  expect(first).toMatchObject({
    asked: 335_544_320,
    capacity: 335_544_320,
    isImmediate: true,
    fileSystem: 335_544_320,
    lostAndFound: false,
  })
  expect([growth?.online, block, onePod, shared, moved, copies.clone].map((each) => each?.isThere)).toEqual(Array(6).fill(true))
  expect(shared.seen).toBe('Pods of the nodes one and two were Ready with one ReadWriteMany volume at the same time')
  expect(moved.seen).toBe('a volume was used on node one and then on node two')
  expect(sizes).toEqual({ smallest: '320Mi', step: '1', from: 'a request of 320Mi got 320Mi, one of a byte more than that got 335544321' })
  expect(reachableFrom).toEqual(['one', 'two'])
  expect(Object.keys(result.times)).toEqual(['bind', 'attach', 'resize', 'delete'])
})

test.concurrent('a driver whose volumes have the directory lost+found', async () => {
  const { first } = volumesOf(await probed({ lostAndFound: true, grows: 'online' }))
  expect(first).toMatchObject({ lostAndFound: true, fileSystem: 335_544_320 })
})

test.concurrent('a driver that rounds up to whole gibibytes', async () => {
  const { sizes } = volumesOf(await probed({ step: gibibyte, grows: 'online' }))
  expect(sizes).toMatchObject({ smallest: '1Gi', step: '1Gi' })
})

test.concurrent('what a driver lacks is an answer, with what was waited for', async () => {
  const { block, shared, onePod, copies, growth } = volumesOf(
    await probed({ accessModes: ['ReadWriteOnce'], block: false, clones: false, grows: 'never' }, impatient),
  )
  for (const each of [block, shared, onePod, copies.clone])
    expect(each).toMatchObject({ isThere: false, seen: expect.stringMatching(/^a volume did not come within \d+ s$/) as string })
  expect(growth?.online).toMatchObject({
    isThere: false,
    seen: expect.stringMatching(/^a capacity of 640Mi did not come within \d+ s$/) as string,
  })
  expect(growth?.offline).toMatchObject({ isThere: false })
})

test.concurrent('a driver that grows a volume only once no Pod uses it', async () => {
  const { growth } = volumesOf(await probed({ grows: 'offline' }, impatient))
  expect(growth?.online.isThere).toBe(false)
  expect(growth?.offline).toMatchObject({ isThere: true, seen: 'a volume of 320Mi grew to 640Mi once no Pod used it' })
})

test.concurrent('a class that waits for a Pod, whose volumes stay on their node', async () => {
  const { first, moved, reachableFrom } = volumesOf(await probed({ waits: true, onlyNode: 'two' }, { waits: true, ...impatient }))
  expect(first.isImmediate).toBe(false)
  expect(reachableFrom).toEqual(['two'])
  expect(moved.seen).toBe('by the node affinity of its PersistentVolume, only node two can use the volume')
})

test.concurrent('a class that says it waits, and does not', async () => {
  expect(volumesOf(await probed({}, { waits: true, within: { ...impatient.within, alone: 60 } })).first.isImmediate).toBe(true)
})

test.concurrent('what is no CSI driver clones nothing, although it gives a volume to a PersistentVolumeClaim that asks for a clone', async () => {
  const { copies } = volumesOf(await probed({ csi: false, grows: 'online' }))
  expect(copies.clone).toMatchObject({ isThere: false, seen: 'only CSI drivers clone volumes, and its PersistentVolume is of none' })
})

test.concurrent('a class that makes no volume leaves one sentence', async () => {
  const { volumes, times } = await probed({ refuses: 'exceeded quota: storage' })
  expect(volumes).toMatchObject({ isThere: false, seen: 'the API server refused it: exceeded quota: storage' })
  expect(times).toEqual({})
})

test.concurrent('a class that never makes a volume is given up', async () => {
  const { volumes } = await probed({ accessModes: [] }, { within: { whole: 1, step: 1 } })
  expect(volumes).toMatchObject({ isThere: false, seen: 'a volume did not come before all probes had to end' })
})

const withGroups = { groupSnapshotClass: { name: 'groups', retains: false } }

test.concurrent('a snapshot of a group that is ready', async () => {
  const { group } = volumesOf(await probed({ groups: 'ready', grows: 'online' }, withGroups))
  expect(group).toMatchObject({
    isThere: true,
    seen: expect.stringMatching(/^a VolumeGroupSnapshot of class groups of two volumes was ready in [\d.]+ s$/) as string,
  })
})

test.concurrent('a snapshot of a group that never is, or that this user may not make, ends no other probe', async () => {
  const never = volumesOf(await probed({ groups: 'never', grows: 'online' }, { ...withGroups, ...impatient }))
  expect(never.group?.seen).toMatch(/^a VolumeGroupSnapshot that is ready did not come within \d+ s$/)
  const refused = volumesOf(await probed({ groups: 'forbidden', grows: 'online' }, withGroups))
  expect(refused.group).toMatchObject({ isThere: false, seen: 'the API server refused it: volumegroupsnapshots is forbidden' })
  expect([never.block.isThere, refused.block.isThere]).toEqual([true, true])
})

test.concurrent('an inline volume of the size of its attribute, and one whose driver does not know it', async () => {
  const inlineDriver = 'csi.example.com'
  const { inline } = volumesOf(await probed({ grows: 'online' }, { inlineDriver }))
  expect(inline).toMatchObject({ isThere: true, seen: 'a Pod was Ready with an inline volume of 320Mi, as its attribute size says' })
  const other = volumesOf(await probed({ grows: 'online', inline: 8 * gibibyte }, { inlineDriver })).inline
  expect(other).toMatchObject({
    isThere: false,
    seen: 'a Pod was Ready with an inline volume of 8192 MiB, although its attribute size says 320Mi',
  })
})

test.concurrent('without a class and without inline volumes neither is tried', async () => {
  const { group, inline } = volumesOf(await probed({ grows: 'online' }))
  expect([group, inline]).toEqual([undefined, undefined])
})
