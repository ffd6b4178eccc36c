import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { command } from '../command.ts'
import { capabilityFor, mebibyte, openDriverFixture, type DriverFixture, type UsedVolume } from '../driver-fixture.ts'
import { whyNoRealDevices } from '../real-devices.ts'
import { parseMountInfo } from './mounts.ts'

const reason = await whyNoRealDevices()

describe.skipIf(reason !== undefined)(`volumes of every mode${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let driver: DriverFixture

  beforeAll(async () => {
    driver = await openDriverFixture(['--zone=zone-a', '--max-volumes-per-node=8'])
  })
  afterAll(async () => {
    await driver[Symbol.asyncDispose]()
  })

  const fileIn = (volume: UsedVolume) => join(volume.path, 'file')
  const sizeOf = async (device: string) => Number(await command('blockdev', ['--getsize64', device]))

  test('a raw block volume has its size, keeps its content when it grows in use, and is as large elsewhere', async () => {
    const capability = capabilityFor('SINGLE_NODE_WRITER', { block: {} })
    const volume = await driver.mounted('block', { capability, bytes: 8 * mebibyte })
    const file = openSync(volume.path, 'r+')
    writeSync(file, 'kept')
    expect(await sizeOf(volume.path)).toBe(8 * mebibyte)
    await driver.client.call('ControllerExpandVolume', { ...volume, capacity_range: { required_bytes: 16 * mebibyte } })
    await driver.client.call('NodeExpandVolume', { ...volume, volume_path: volume.path })
    expect(await sizeOf(volume.path)).toBe(16 * mebibyte)
    const content = Buffer.alloc(4)
    readSync(file, content, 0, 4, 0)
    expect(content.toString()).toBe('kept')
    closeSync(file)
    const { usage } = await driver.client.call('NodeGetVolumeStats', { ...volume, volume_path: volume.path })
    expect(usage).toMatchObject([{ unit: 'BYTES', total: String(16 * mebibyte) }])
    await driver.detached(volume)
    const elsewhere = await driver.use(volume.volume_id, { capability, node: 'node-2' })
    expect(await sizeOf(elsewhere.path)).toBe(16 * mebibyte)
    expect(readFileSync(elsewhere.path).toString('utf8', 0, 4)).toBe('kept')
    await driver.removed(elsewhere)
  })

  test('a volume for several nodes is written on both at once, and goes from one without leaving the other', async () => {
    const capability = capabilityFor('MULTI_NODE_MULTI_WRITER')
    const here = await driver.mounted('shared', { capability })
    const there = await driver.use(here.volume_id, { capability, node: 'node-2' })
    writeFileSync(fileIn(here), 'from node-1')
    expect(readFileSync(fileIn(there), 'utf8')).toBe('from node-1')
    writeFileSync(fileIn(there), 'from node-2')
    expect(readFileSync(fileIn(here), 'utf8')).toBe('from node-2')
    await driver.detached(here)
    expect(readFileSync(fileIn(there), 'utf8')).toBe('from node-2')
    await driver.removed(there)
  })

  test('the same for a raw block volume, which nothing holds open', async () => {
    const capability = capabilityFor('MULTI_NODE_MULTI_WRITER', { block: {} })
    const here = await driver.mounted('shared block', { capability, bytes: 8 * mebibyte })
    const there = await driver.use(here.volume_id, { capability, node: 'node-2' })
    await driver.detached(here)
    expect(await sizeOf(there.path)).toBe(8 * mebibyte)
    await driver.removed(there)
  })

  test.each([
    ['SINGLE_NODE_WRITER', 'SINGLE_NODE_WRITER', /^FAILED_PRECONDITION: .* is attached to node node-1 with access mode SINGLE_NODE_WRITER/],
    ['MULTI_NODE_MULTI_WRITER', 'SINGLE_NODE_WRITER', /^FAILED_PRECONDITION: .* is attached to node node-1/],
    ['MULTI_NODE_SINGLE_WRITER', 'MULTI_NODE_SINGLE_WRITER', /^FAILED_PRECONDITION: .* already has its single writer on node node-1/],
    ['MULTI_NODE_READER_ONLY', 'MULTI_NODE_READER_ONLY', /^OK$/],
  ])('attached as %s, a second node asks for %s', async (first, second, answer) => {
    const volume = await driver.mounted(`${first} and ${second}`, { capability: capabilityFor(first) })
    const elsewhere = { volume_id: volume.volume_id, node_id: 'node-2', volume_capability: capabilityFor(second) }
    expect(await driver.client.refusal('ControllerPublishVolume', elsewhere)).toMatch(answer)
    await driver.client.call('ControllerUnpublishVolume', elsewhere)
    await driver.removed(volume)
  })

  test('a volume for readers is not written, and what was asked for is the limit of what can be', async () => {
    const readers = await driver.mounted('readers', { capability: capabilityFor('MULTI_NODE_READER_ONLY') })
    expect(() => writeFileSync(fileIn(readers), 'x')).toThrow(/EROFS/)
    const full = await driver.mounted('full')
    expect(() => writeFileSync(fileIn(full), Buffer.alloc(301 * mebibyte, 'x'))).toThrow(/ENOSPC/)
    const { bsize, blocks } = statfsSync(full.path)
    expect(bsize * blocks).toBeLessThanOrEqual(300 * mebibyte)
    await driver.removed(readers, full)
  })

  test('read-only is what the mount namespaces see that get it by propagation, as kubelet and the Pods do', async () => {
    const shared = join(driver.directory, 'kubelet')
    mkdirSync(shared)
    await command('mount', ['--bind', shared, shared])
    await command('mount', ['--make-shared', shared])
    const elsewhere = spawn('unshare', ['--mount', '--propagation', 'slave', 'cat'], { stdio: ['pipe', 'pipe', 'inherit'] })
    elsewhere.stdin.write('there')
    await once(elsewhere.stdout, 'data')
    const [staging_target_path, target_path] = [join(shared, 'staging'), join(shared, 'pod')]
    const volume = {
      volume_id: await driver.create('propagated'),
      volume_capability: capabilityFor(),
      staging_target_path,
      target_path,
      readonly: true,
    }
    for (const method of ['ControllerPublishVolume', 'NodeStageVolume', 'NodePublishVolume'])
      await driver.client.call(method, { ...volume, node_id: 'node-1' })
    const seen = parseMountInfo(readFileSync(`/proc/${elsewhere.pid}/mountinfo`, 'utf8')).find(({ path }) => path === target_path)
    elsewhere.stdin.end()
    expect(seen?.options).toContain('ro')
    for (const method of ['NodeUnpublishVolume', 'NodeUnstageVolume', 'ControllerUnpublishVolume', 'DeleteVolume'])
      await driver.client.call(method, volume)
    await command('umount', [shared])
    expect(readdirSync(join(driver.dataDirectory, 'state/read-only'))).toEqual([])
  })

  test('ext4 is formatted, mounted, snapshotted in use and grown when it is staged next', async () => {
    const capability = capabilityFor('SINGLE_NODE_WRITER', { mount: { fs_type: 'ext4' } })
    const volume = await driver.mounted('ext4', { capability, bytes: 64 * mebibyte })
    expect(statfsSync(volume.path).type).toBe(0xef53)
    writeFileSync(fileIn(volume), 'kept', { flush: true })
    const { snapshot } = await driver.client.call('CreateSnapshot', { name: 'ext4', source_volume_id: volume.volume_id })
    const from = { volume_content_source: { snapshot: { snapshot_id: snapshot.snapshot_id } } }
    const larger = await driver.mounted('ext4, larger', { capability, ...from, bytes: 128 * mebibyte })
    expect(readFileSync(fileIn(larger), 'utf8')).toBe('kept')
    const { bsize, blocks } = statfsSync(larger.path)
    expect(bsize * blocks).toBeGreaterThan(100 * mebibyte)
    await driver.client.call('DeleteSnapshot', snapshot)
    await driver.removed(volume, larger)
  })

  test('node-local volumes are pinned, and a node that is not theirs is refused', async () => {
    const requisite = [{ segments: { 'topology.csi-hostpath.holdfast.dev/node': 'node-2', 'topology.kubernetes.io/zone': 'zone-b' } }]
    const { volume } = await driver.client.call('CreateVolume', {
      name: 'pinned',
      volume_capabilities: [capabilityFor()],
      parameters: { placement: 'node-local' },
      accessibility_requirements: { requisite, preferred: requisite },
    })
    expect(volume.accessible_topology).toEqual([{ segments: { 'topology.csi-hostpath.holdfast.dev/node': 'node-2' } }])
    await expect(driver.use(volume.volume_id)).rejects.toThrow(/is not reachable on node node-1/)
    await driver.removed(await driver.use(volume.volume_id, { node: 'node-2' }))
    const { accessible_topology, max_volumes_per_node } = await driver.client.call('NodeGetInfo', {})
    expect(accessible_topology.segments).toEqual({
      'topology.csi-hostpath.holdfast.dev/node': 'node-1',
      'topology.kubernetes.io/zone': 'zone-a',
    })
    expect(max_volumes_per_node).toBe('8')
    const capacityIn = async (zone: string) =>
      Number(
        (await driver.client.call('GetCapacity', { accessible_topology: { segments: { 'topology.kubernetes.io/zone': zone } } }))
          .available_capacity,
      )
    expect(await capacityIn('zone-b')).toBeGreaterThan(0)
    expect(await capacityIn('zone-c')).toBe(0)
  })

  test('an inline volume is made with its Pod, has its size and goes with it', async () => {
    const volume = {
      volume_id: 'csi-0123456789abcdef',
      target_path: join(driver.directory, 'inline'),
      volume_capability: capabilityFor(),
      volume_context: { 'csi.storage.k8s.io/ephemeral': 'true', size: '400Mi' },
    }
    const publish = (context: object = {}) =>
      driver.client.refusal('NodePublishVolume', { ...volume, volume_context: { ...volume.volume_context, ...context } })
    expect([await publish({ colour: 'red' }), await publish({ size: 'big' })]).toEqual([
      expect.stringMatching(/^INVALID_ARGUMENT: Unknown attribute colour/),
      expect.stringMatching(/^INVALID_ARGUMENT: size is big/),
    ])
    expect([await publish(), await publish()]).toEqual(['OK', 'OK'])
    const reader = { ...volume, volume_id: 'csi-fedcba9876543210', target_path: `${volume.target_path}-read-only`, readonly: true }
    expect(await driver.client.refusal('NodePublishVolume', reader)).toBe('OK')
    expect(() => writeFileSync(join(reader.target_path, 'file'), 'x')).toThrow(/EROFS/)
    await driver.client.call('NodeUnpublishVolume', reader)
    const { bsize, blocks } = statfsSync(volume.target_path)
    expect(bsize * blocks).toBeGreaterThan(320 * mebibyte)
    const { usage } = await driver.client.call('NodeGetVolumeStats', { volume_id: volume.volume_id, volume_path: volume.target_path })
    expect(usage.map(({ unit }) => unit)).toEqual(['BYTES', 'INODES'])
    for (const repeat of ['first', 'again'])
      expect([repeat, await driver.client.refusal('NodeUnpublishVolume', volume)]).toEqual([repeat, 'OK'])
    expect([existsSync(volume.target_path), readdirSync(join(driver.dataDirectory, 'ephemeral'))]).toEqual([false, []])
  })

  test('a node takes as many volumes as it says and no more', async () => {
    const ids = await Promise.all(Array.from({ length: 9 }, (_, number) => driver.create(`many ${number}`)))
    const attach = (volume_id: string) =>
      driver.client.refusal('ControllerPublishVolume', { volume_id, node_id: 'node-1', volume_capability: capabilityFor() })
    const answers = await Promise.all(ids.map(attach))
    expect(answers.filter((answer) => answer === 'OK')).toHaveLength(8)
    expect(answers.find((answer) => answer !== 'OK')).toMatch(/^RESOURCE_EXHAUSTED: Node node-1 has 8 volumes attached/)
    for (const volume_id of ids) {
      await driver.client.call('ControllerUnpublishVolume', { volume_id, node_id: 'node-1' })
      await driver.client.call('DeleteVolume', { volume_id })
    }
  })

  test('a lost image and a file system that was cut off are told as conditions of the volume', async () => {
    const volume = await driver.mounted('unwell')
    const condition = async () => (await driver.client.call('NodeGetVolumeStats', { ...volume, volume_path: volume.path })).volume_condition
    expect(await condition()).toMatchObject({ abnormal: false })
    const image = join(driver.dataDirectory, `volumes/${volume.volume_id}.img`)
    renameSync(image, `${image}.lost`)
    expect(await condition()).toEqual({ abnormal: true, message: `The image file of volume ${volume.volume_id} is lost.` })
    expect((await driver.client.call('ControllerGetVolume', volume)).status.volume_condition).toMatchObject({ abnormal: true })
    renameSync(`${image}.lost`, image)
    await command('xfs_io', ['-x', '-c', 'shutdown', volume.path])
    expect(await condition()).toMatchObject({ abnormal: true, message: expect.stringMatching(/does not answer/) })
    await driver.removed(volume)
  })

  test('a modification changes the read-ahead of the device at once and for later', async () => {
    const readAhead = async ({ path }: UsedVolume) => {
      const device = await command('findmnt', ['--noheadings', '--output', 'SOURCE', path])
      return Number(readFileSync(`/sys/class/block/${device.slice('/dev/'.length)}/queue/read_ahead_kb`, 'utf8'))
    }
    const volume = await driver.mounted('modified')
    expect(await readAhead(volume)).toBe(128)
    await driver.client.call('ControllerModifyVolume', { ...volume, mutable_parameters: { readAheadKiB: '512' } })
    expect(await readAhead(volume)).toBe(512)
    await driver.detached(volume)
    // Whoever has the device next sets it back: a kernel may keep it.
    const next = await driver.mounted('unmodified')
    expect(await readAhead(next)).toBe(128)
    await driver.removed(next)
    const again = await driver.use(volume.volume_id)
    expect(await readAhead(again)).toBe(512)
    await driver.removed(again)
  })
})
