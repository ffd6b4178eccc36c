import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { command } from './command.ts'
import { openDataDirectory } from './storage/data-directory.ts'
import { connectDriver, type DriverClient } from './driver-client.ts'
import { loopDevicesOf, mountsBelow, startDriverProcess, type DriverProcess } from './driver-process.ts'
import { copyAtOneInstant } from './storage/frozen-copy.ts'
import { whyNoRealDevices } from './real-devices.ts'

const reason = await whyNoRealDevices()
const mebibyte = 1024 ** 2
const access = { type: 'mount', fsType: 'xfs' } as const
const capability = { mount: { fs_type: 'xfs' }, access_mode: { mode: 'SINGLE_NODE_WRITER' } }

describe.skipIf(reason !== undefined)(`the driver on real loop devices${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let directory: string
  let driver: DriverProcess
  let client: DriverClient
  let made = 0

  async function start(): Promise<void> {
    driver = await startDriverProcess({ directory, nodeId: 'node-1', extraFlags: ['--faults'] })
    client = connectDriver(driver.socket)
  }

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'holdfast-driver-test-'))
    await start()
  })
  afterAll(async () => {
    client[Symbol.dispose]()
    await driver[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true, force: true })
  })

  /** Creates a volume, attaches it and mounts it; `path` is where a Pod would see it. */
  async function mounted(name: string, extra: { readonly parameters?: object; readonly volume_content_source?: object } = {}) {
    const { volume } = await client.call('CreateVolume', {
      name,
      volume_capabilities: [capability],
      capacity_range: { required_bytes: 300 * mebibyte },
      ...extra,
    })
    const volume_id = volume.volume_id
    made += 1
    const staging_target_path = join(directory, `staging-${made}`)
    const path = join(directory, `pod-${made}`)
    await client.call('ControllerPublishVolume', { volume_id, node_id: 'node-1', volume_capability: capability })
    await client.call('NodeStageVolume', { volume_id, staging_target_path, volume_capability: capability })
    await client.call('NodePublishVolume', { volume_id, staging_target_path, target_path: path, volume_capability: capability })
    return {
      volume_id,
      staging_target_path,
      path,
      write: (text: string) => writeFileSync(join(path, 'file'), text),
      read: () => readFileSync(join(path, 'file'), 'utf8'),
    }
  }

  /** Takes a volume back and deletes it, every call twice. */
  async function removed(volume: Awaited<ReturnType<typeof mounted>>) {
    const { volume_id, staging_target_path, path } = volume
    for (const repeat of ['first', 'again']) {
      await client.call('NodeUnpublishVolume', { volume_id, target_path: path })
      await client.call('NodeUnstageVolume', { volume_id, staging_target_path })
      await client.call('ControllerUnpublishVolume', { volume_id, node_id: 'node-1' })
      await client.call('DeleteVolume', { volume_id })
      expect({ repeat, exists: existsSync(path) }).toEqual({ repeat, exists: false })
    }
  }

  function callLog(): { readonly method: string; readonly fault?: string; readonly volumeId?: string; readonly request: object }[] {
    const lines = readFileSync(join(driver.dataDirectory, 'calls/node-1-all.jsonl'), 'utf8').trim().split('\n')
    return lines.map((line) => JSON.parse(line))
  }

  test('a restored snapshot holds the instant of the snapshot, and the source goes on', async () => {
    const source = await mounted('source')
    source.write('before')
    const { snapshot } = await client.call('CreateSnapshot', { name: 'instant', source_volume_id: source.volume_id })
    source.write('after')
    const restored = await mounted('restored', { volume_content_source: { snapshot: { snapshot_id: snapshot.snapshot_id } } })

    expect(snapshot.ready_to_use).toBe(true)
    expect(restored.read()).toBe('before')
    expect(source.read()).toBe('after')
    const tooSmall = { volume_capabilities: [capability], capacity_range: { limit_bytes: 310 * mebibyte } }
    const grown = await client.call('CreateVolume', {
      name: 'bigger',
      volume_capabilities: [capability],
      capacity_range: { required_bytes: 400 * mebibyte },
    })
    const big = await client.call('CreateSnapshot', { name: 'big', source_volume_id: grown.volume.volume_id })
    const source_of = { snapshot: { snapshot_id: big.snapshot.snapshot_id } }
    expect(await client.refusal('CreateVolume', { name: 'small', ...tooSmall, volume_content_source: source_of })).toMatch(/^OUT_OF_RANGE/)

    for (const each of [snapshot, big.snapshot]) await client.call('DeleteSnapshot', { snapshot_id: each.snapshot_id })
    await client.call('DeleteVolume', { volume_id: grown.volume.volume_id })
    await removed(restored)
    await removed(source)
  })

  test('an expansion while mounted shows in the file system and keeps the data; a smaller size changes nothing', async () => {
    const volume = await mounted('grows')
    volume.write('kept')
    const before = statfsSync(volume.path)
    const expand = { volume_id: volume.volume_id, capacity_range: { required_bytes: 600 * mebibyte } }
    const answer = await client.call('ControllerExpandVolume', expand)
    await client.call('NodeExpandVolume', { volume_id: volume.volume_id, volume_path: volume.path })
    await client.call('NodeExpandVolume', { volume_id: volume.volume_id, volume_path: volume.path })
    const after = statfsSync(volume.path)
    const smaller = await client.call('ControllerExpandVolume', { ...expand, capacity_range: { required_bytes: 300 * mebibyte } })

    expect(answer.node_expansion_required).toBe(true)
    expect((after.blocks - before.blocks) * after.bsize).toBe(300 * mebibyte)
    expect(smaller.capacity_bytes).toBe(String(600 * mebibyte))
    expect(volume.read()).toBe('kept')
    await removed(volume)
  })

  test('a volume grown while it is not mounted has its new size when it is mounted again', async () => {
    const volume = await mounted('grows-offline')
    const before = statfsSync(volume.path)
    await client.call('NodeUnpublishVolume', { volume_id: volume.volume_id, target_path: volume.path })
    await client.call('NodeUnstageVolume', volume)
    await client.call('ControllerExpandVolume', { volume_id: volume.volume_id, capacity_range: { required_bytes: 400 * mebibyte } })
    await client.call('NodeStageVolume', { ...volume, volume_capability: capability })

    const after = statfsSync(volume.staging_target_path)
    expect((after.blocks - before.blocks) * after.bsize).toBe(100 * mebibyte)
    await removed(volume)
  })

  test('a volume is attached to one node at a time, and mounted only where it is attached', async () => {
    const volume = await mounted('exclusive')
    writeFileSync(join(driver.dataDirectory, 'state/nodes/node-2.json'), JSON.stringify({ id: 'node-2', zone: '', startedAt: '' }))
    const elsewhere = { volume_id: volume.volume_id, node_id: 'node-2', volume_capability: capability }
    expect(await client.refusal('ControllerPublishVolume', elsewhere)).toMatch(/^FAILED_PRECONDITION: .* attached to node node-1/)
    expect(await client.refusal('ControllerPublishVolume', { ...elsewhere, node_id: 'node-3' })).toMatch(/^NOT_FOUND/)
    expect(await client.refusal('DeleteVolume', volume)).toMatch(/^FAILED_PRECONDITION/)
    await client.call('NodeUnpublishVolume', { volume_id: volume.volume_id, target_path: volume.path })
    await client.call('NodeUnstageVolume', volume)
    await client.call('ControllerUnpublishVolume', { volume_id: volume.volume_id, node_id: 'node-1' })
    expect(await client.refusal('ControllerPublishVolume', elsewhere)).toBe('OK')
    expect(await client.refusal('NodeStageVolume', { ...volume, volume_capability: capability })).toMatch(/^FAILED_PRECONDITION: .*node-2/)
    await client.call('ControllerUnpublishVolume', elsewhere)
    await removed(volume)
  })

  test('a fault breaks exactly its rule and is named in the call log', async () => {
    const source = await mounted('fault-source', { parameters: { fault: 'expansion-books-only' } })
    source.write('then')
    const { snapshot } = await client.call('CreateSnapshot', { name: 'fault', source_volume_id: source.volume_id })
    source.write('now')
    const from = { volume_content_source: { snapshot: { snapshot_id: snapshot.snapshot_id } } }
    const empty = await mounted('fault-empty', { ...from, parameters: { fault: 'restore-empty' } })
    const current = await mounted('fault-current', { ...from, parameters: { fault: 'restore-current-source' } })
    const before = statfsSync(source.path)
    const booked = await client.call('ControllerExpandVolume', {
      volume_id: source.volume_id,
      capacity_range: { required_bytes: 500 * mebibyte },
    })

    expect(readdirSync(empty.path)).toEqual([])
    expect(current.read()).toBe('now')
    const shared = await mounted('fault-shared', { ...from, parameters: { fault: 'restore-shares-source' } })
    shared.write('written to the restored volume')
    expect(source.read()).toBe('written to the restored volume')
    expect(booked).toMatchObject({ node_expansion_required: false, capacity_bytes: String(500 * mebibyte) })
    expect(statfsSync(source.path).blocks).toBe(before.blocks)
    const named = callLog().filter((line) => line.fault !== undefined)
    expect(named.map(({ method, fault, volumeId }) => [method, fault, volumeId])).toEqual([
      ['CreateVolume', 'restore-empty', empty.volume_id],
      ['CreateVolume', 'restore-current-source', current.volume_id],
      ['ControllerExpandVolume', 'expansion-books-only', source.volume_id],
      ['CreateVolume', 'restore-shares-source', shared.volume_id],
    ])
    const unknown = { name: 'unknown', volume_capabilities: [capability], parameters: { fault: 'nonsense' } }
    expect(await client.refusal('CreateVolume', unknown)).toMatch(/^INVALID_ARGUMENT: Unknown fault nonsense: choose one of restore-empty,/)
    await client.call('DeleteSnapshot', { snapshot_id: snapshot.snapshot_id })
    for (const volume of [source, empty, current, shared]) await removed(volume)
  })

  test('an id with a path in it is unknown and a secret is not logged', async () => {
    const outside = { volume_id: '../../etc/passwd', secrets: { key: 'hush-hush' } }
    expect(await client.refusal('ControllerExpandVolume', { ...outside, capacity_range: { required_bytes: 1 } })).toMatch(/^NOT_FOUND/)
    expect(callLog().at(-1)?.request).toMatchObject({ secrets: { key: '(not logged)' } })
  })

  test('a copy that takes too long is given up and the file system thawed', async () => {
    const volume = await mounted('slow')
    writeFileSync(join(volume.path, 'ballast'), Buffer.alloc(64 * mebibyte, 'x'))
    const data = await openDataDirectory(driver.dataDirectory)
    const copy = copyAtOneInstant(data, [{ volumeId: volume.volume_id, access, to: join(directory, 'never') }], 0.001)
    await expect(copy).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' })
    volume.write('thawed')
    expect(await data.frozen.ids()).toEqual([])
    await removed(volume)
  })

  test('after kill -9 the next start knows every volume, thaws what stood still and sweeps what was half made', async () => {
    const volume = await mounted('survivor')
    volume.write('before the kill')
    await driver.stop('SIGKILL')
    client[Symbol.dispose]()
    const orphan = join(driver.dataDirectory, 'volumes', `vol-${'0'.repeat(24)}.img`)
    for (const path of [orphan, `${orphan}.partial`]) writeFileSync(path, '')
    writeFileSync(join(driver.dataDirectory, 'state/frozen', `${volume.volume_id}.json`), '{}')
    await command('fsfreeze', ['--freeze', volume.path])
    const started = await start().then(() => true, String)
    // EINVAL is what a thawed file system answers; a frozen one would be thawed by this and not stay behind on the machine.
    await expect(command('fsfreeze', ['--unfreeze', volume.path])).rejects.toThrow(/Invalid argument/)
    expect(started).toBe(true)

    volume.write('after the kill')
    expect(readdirSync(join(driver.dataDirectory, 'volumes'))).toEqual([`${volume.volume_id}.img`])
    const listed = await client.call('ListVolumes', {})
    expect(listed.entries.map((entry) => entry.volume.volume_id)).toEqual([volume.volume_id])
    await removed(volume)
    expect(await mountsBelow(directory)).toEqual([])
    expect(await loopDevicesOf(directory)).toEqual([])
    expect(readdirSync(join(driver.dataDirectory, 'snapshots'))).toEqual([])
  })
})
