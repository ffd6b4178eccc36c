import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { capabilityFor, openDriverFixture, untilInDirectory, type DriverFixture } from '../driver-fixture.ts'
import { whyNoRealDevices } from '../real-devices.ts'

const reason = await whyNoRealDevices()

describe.skipIf(reason !== undefined)(`group snapshots${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let driver: DriverFixture

  beforeAll(async () => {
    driver = await openDriverFixture()
  })
  afterAll(async () => {
    await driver[Symbol.asyncDispose]()
  })

  test('hold all volumes at one instant, while they are written one after the other', async () => {
    const volumes = [await driver.mounted('one'), await driver.mounted('two'), await driver.mounted('three')]
    let written = 0
    const stop = new AbortController()
    const writing = (async () => {
      while (!stop.signal.aborted) {
        written += 1
        for (const { path } of volumes) {
          writeFileSync(join(path, 'count'), String(written).padStart(9, '0'), { flush: true })
          await new Promise((resolve) => setImmediate(resolve))
        }
      }
    })()
    const request = { name: 'group', source_volume_ids: volumes.map(({ volume_id }) => volume_id) }
    const { group_snapshot: group } = await driver.client.call('CreateVolumeGroupSnapshot', request)
    stop.abort()
    await writing
    const again = await driver.client.call('CreateVolumeGroupSnapshot', request)
    expect(again.group_snapshot).toEqual(group)

    const counts: number[] = []
    for (const { volume_id } of volumes) {
      const snapshot_id = group.snapshots.find((snapshot) => snapshot.source_volume_id === volume_id)?.snapshot_id ?? ''
      const restored = await driver.mounted(`of ${volume_id}`, { volume_content_source: { snapshot: { snapshot_id } } })
      counts.push(Number(readFileSync(join(restored.path, 'count'), 'utf8')))
      await driver.removed(restored)
    }
    const [first = 0, last = 0] = [counts[0], counts.at(-1)]
    // Written in this order: nobody is ahead of the one before, and nobody more than one behind the first.
    expect(counts).toEqual(counts.toSorted((one, other) => other - one))
    expect(first - last).toBeLessThanOrEqual(1)
    expect(first).toBeGreaterThan(0)

    const single = { snapshot_id: group.snapshots[0]?.snapshot_id ?? '' }
    expect(await driver.client.refusal('DeleteSnapshot', single)).toMatch(/^INVALID_ARGUMENT: .* is part of group snapshot/)
    const others = { ...request, source_volume_ids: request.source_volume_ids.slice(1) }
    expect(await driver.client.refusal('CreateVolumeGroupSnapshot', others)).toMatch(/^ALREADY_EXISTS/)
    await driver.client.call('DeleteVolumeGroupSnapshot', group)
    await driver.client.call('DeleteVolumeGroupSnapshot', group)
    expect(await driver.client.refusal('GetVolumeGroupSnapshot', group)).toMatch(/^NOT_FOUND/)
    expect(readdirSync(join(driver.dataDirectory, 'snapshots'))).toEqual([])
    await driver.removed(...volumes)
  })

  test('group-apart copies the volumes one after the other', async () => {
    const volumes = [await driver.mounted('first'), await driver.mounted('second')]
    const write = (text: string) => volumes.map(({ path }) => writeFileSync(join(path, 'count'), text, { flush: true }))
    write('before')
    const images = join(driver.dataDirectory, 'snapshots')
    const request = {
      name: 'apart',
      source_volume_ids: volumes.map(({ volume_id }) => volume_id),
      parameters: { fault: 'group-apart', faultSeconds: '3' },
    }
    const taking = driver.client.call('CreateVolumeGroupSnapshot', request)
    const marker = join(driver.dataDirectory, 'state/frozen')
    // The first volume is copied once its marker has come and gone again.
    let came = false
    await untilInDirectory(marker, () => {
      const markers = readdirSync(marker).filter((name) => name.endsWith('.json'))
      came ||= markers.length > 0
      return came && markers.length === 0
    })
    write('after')
    const { group_snapshot: group } = await taking
    const found: string[] = []
    for (const { snapshot_id } of group.snapshots) {
      const restored = await driver.mounted(`of ${snapshot_id}`, { volume_content_source: { snapshot: { snapshot_id } } })
      found.push(readFileSync(join(restored.path, 'count'), 'utf8'))
      await driver.removed(restored)
    }
    expect(found).toEqual(['before', 'after'])
    await driver.client.call('DeleteVolumeGroupSnapshot', group)
    expect(readdirSync(images)).toEqual([])
    await driver.removed(...volumes)
  })

  test('snapshot-fails and slow-calls, for a group', async () => {
    const source_volume_ids = [await driver.create('grouped'), await driver.create('grouped too')]
    const request = (fault: string, more: object) => ({ name: fault, source_volume_ids, parameters: { fault, ...more } })
    const failing = request('snapshot-fails', { faultTimes: '1', faultCode: 'UNAVAILABLE' })
    expect(await driver.client.refusal('CreateVolumeGroupSnapshot', failing)).toBe('UNAVAILABLE: Fault snapshot-fails: failure 1 of 1.')
    const taken = await driver.client.call('CreateVolumeGroupSnapshot', failing)
    const slow = await driver.client.call('CreateVolumeGroupSnapshot', request('slow-calls', { faultSeconds: '0.5' }))
    await driver.client.call('GetVolumeGroupSnapshot', slow.group_snapshot)
    for (const { group_snapshot } of [taken, slow]) await driver.client.call('DeleteVolumeGroupSnapshot', group_snapshot)
    const slowCalls = driver.callLog().filter(({ fault }) => fault === 'slow-calls')
    expect(slowCalls.map(({ method, durationMs }) => [method, durationMs >= 500])).toEqual([
      ['CreateVolumeGroupSnapshot', true],
      ['GetVolumeGroupSnapshot', true],
      ['DeleteVolumeGroupSnapshot', true],
    ])
    for (const volume_id of source_volume_ids) await driver.client.call('DeleteVolume', { volume_id })
    expect(readdirSync(join(driver.dataDirectory, 'state/fault-counts'))).toEqual([])
  })

  test('a raw block volume that is written all the time is refused, one at rest is copied', async () => {
    const capability = capabilityFor('SINGLE_NODE_WRITER', { block: {} })
    const volume = await driver.mounted('busy', { capability })
    const request = { name: 'busy', source_volume_id: volume.volume_id }
    const stop = new AbortController()
    const writing = (async () => {
      for (let count = 0; !stop.signal.aborted; count += 1) {
        writeFileSync(volume.path, String(count).padEnd(4096, ' '), { flush: true, flag: 'r+' })
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    const busy = await driver.client.refusal('CreateSnapshot', request)
    stop.abort()
    await writing
    expect(busy).toMatch(/^FAILED_PRECONDITION: A raw block volume cannot be frozen/)
    const { snapshot } = await driver.client.call('CreateSnapshot', request)
    await driver.client.call('DeleteSnapshot', snapshot)
    await driver.removed(volume)
  })
})
