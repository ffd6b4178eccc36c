import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryPrefix } from '../../../contract/owner.ts'
import { command } from '../command.ts'
import { connectDriver } from '../driver-client.ts'
import { loopDevicesBelow } from '../../loop-devices.ts'
import { mountsBelow } from '../node/mounts.ts'
import { whyNoRealDevices } from '../real-devices.ts'
import { disagreements } from './agreement.ts'
import { describeKills, killDrivers, openDriver, type OpenDriver } from './campaign.ts'
import { compileDriver, markOf } from './killable-driver.ts'
import { acknowledged } from './known.ts'
import { checkEverything, removeEverything, runLoad } from './load.ts'
import { markFor, writeMark } from './marked-file.ts'
import { observe } from './observe.ts'
import { processesWith } from './processes.ts'
import { randomFrom } from './random.ts'
import { openLine } from './retrying-line.ts'
import { createVolume, publish, stage, type Load } from './steps.ts'

const reason = await whyNoRealDevices()
const seed = Number(process.env['HOLDFAST_KILL_NINE_SEED'] ?? Date.now() % 1_000_000)
const kills = Number(process.env['HOLDFAST_KILL_NINE_COUNT'] ?? 50)
const workers = 4

/** Two noisy cores take about a minute for 50 kills. */
const limit = 60_000 + kills * 4_000

describe.skipIf(reason !== undefined)(`kill -9 under load${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let load: Load

  beforeEach(async () => {
    const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('driver')))
    load = { directory, line: openLine(), known: { volumes: new Set(), snapshots: new Set(), groups: new Set() } }
    // As kubelet's directory is: what is unmounted there is unmounted in the mount namespaces that were copied from it.
    await command('mount', ['--bind', directory, directory])
    await command('mount', ['--make-shared', directory])
    await compileDriver(directory)
  })
  afterEach(async () => {
    const { directory } = load
    const left = await processesWith(markOf(directory))
    // One may die with another; what is being killed still holds mounts for a moment, which is why they go lazily.
    if (left.length > 0) await command('kill', ['-KILL', ...left.map(({ pid }) => String(pid))]).catch(() => undefined)
    // Before the directory is unmounted: of a file below a mount that is gone the kernel tells another path.
    for (const { device } of await loopDevicesBelow(directory)) await command('losetup', ['--detach', device])
    // One call may take away several mounts, where one that should not be there is mounted over another.
    for (let [path] = await mountsBelow(directory); path !== undefined; [path] = await mountsBelow(directory)) {
      await command('fsfreeze', ['--unfreeze', path]).catch(() => undefined)
      await command('umount', ['--lazy', path])
    }
    rmSync(directory, { recursive: true, force: true })
  })

  /** Inconsistencies of a driver that has no call in progress. */
  async function inconsistenciesOf({ driver }: OpenDriver): Promise<string[]> {
    using client = connectDriver(driver.socket)
    return disagreements(await observe({ directory: load.directory, client, pids: driver.pids() }), acknowledged(load.known))
  }

  test(`${kills} kills cost nothing that was acknowledged and leave nothing behind (seed ${seed})`, { timeout: limit }, async () => {
    const stop = new AbortController()
    const broken = new AbortController()
    const working = runLoad(load, { workers, seed, stop: stop.signal }).catch((error: unknown) => {
      broken.abort()
      return error
    })
    const done = await killDrivers(load, { count: kills, random: randomFrom(seed), broken: broken.signal })
    const repeated = [...load.line.repeated()].map(([method, count]) => `${method} ×${count}`).join(', ')
    console.log(`seed ${seed}\n${describeKills(done)}\nrepeated: ${repeated}`)
    const last = await openDriver(load, { shell: 'container', after: done.at(-1)?.shell ?? 'container' })
    stop.abort()
    const broke = await working
    if (broke !== undefined) throw new Error(`The load broke, and the driver printed:\n${last.driver.output()}`, { cause: broke })
    expect(done.flatMap(({ wrong }) => wrong)).toEqual([])

    expect(await inconsistenciesOf(last)).toEqual([])
    await checkEverything(load)
    expect(await inconsistenciesOf(last)).toEqual([])
    await removeEverything(load)
    expect(await inconsistenciesOf(last)).toEqual([])
    expect((await last.end('stop')).code).toBe(0)
    expect(await processesWith(markOf(load.directory))).toEqual([])
    expect(done.filter(({ inFlight }) => inFlight.length > 0).length).toBeGreaterThanOrEqual(kills / 2)
  })

  test('what is planted on a real driver is found', { timeout: 60_000 }, async () => {
    const { directory } = load
    const driver = await openDriver(load, { shell: 'container', after: 'container' })
    const volume = await createVolume(load, { name: 'planted', size: 300 * 1024 ** 2, origin: undefined })
    await stage(load, volume)
    await publish(load, volume)
    const file = (path: string) => join(directory, 'data', path)
    const record = file(`state/volumes/${volume.id}.json`)
    const orphan = `volumes/vol-${'0'.repeat(24)}.img`
    expect(await inconsistenciesOf(driver)).toEqual([])

    renameSync(record, file('hidden'))
    expect(await inconsistenciesOf(driver)).toEqual([
      `ListVolumes: ${volume.id} of 314572800 bytes on node-1 is missing`,
      `volume records: ${volume.id} is missing`,
      'files: hidden should not be there',
    ])
    renameSync(file('hidden'), record)

    writeFileSync(file(`${orphan}.partial`), '')
    writeFileSync(file(`state/frozen/${volume.id}.json`), '{}')
    mkdirSync(join(directory, 'tmp/left'))
    expect(await inconsistenciesOf(driver)).toEqual([
      `files: ${orphan}.partial should not be there`,
      `files: state/frozen/${volume.id}.json should not be there`,
      'files: tmp/left should not be there',
    ])
    for (const path of [file(`${orphan}.partial`), file(`state/frozen/${volume.id}.json`), join(directory, 'tmp/left')])
      rmSync(path, { recursive: true })

    await command('truncate', ['--size=1M', file(orphan)])
    const leaked = await command('losetup', ['--find', '--show', file(orphan)])
    rmSync(file(orphan))
    expect(await inconsistenciesOf(driver)).toEqual([`loop devices: ${orphan} (deleted) should not be there`])
    await command('losetup', ['--detach', leaked])

    const elsewhere = join(directory, 'elsewhere')
    mkdirSync(elsewhere)
    await command('mount', ['--bind', volume.staging ?? '', elsewhere])
    expect(await inconsistenciesOf(driver)).toEqual([`mounts: volumes/${volume.id}.img at ${elsewhere} should not be there`])
    await command('umount', [elsewhere])

    await command('fsfreeze', ['--freeze', volume.published ?? ''])
    const [frozen] = await inconsistenciesOf(driver)
    expect(frozen).toMatch(/^frozen file systems: .* should not be there$/)

    const [name = '', value] = markOf(directory).split('=')
    const sleeper = spawn('sleep', ['60'], { env: { ...process.env, [name]: value } })
    expect(await inconsistenciesOf(driver)).toEqual(['processes: sleep 60 should not be there'])
    sleeper.kill()

    await writeMark(volume.published ?? '', markFor('somebody', 1))
    await expect(checkEverything(load)).rejects.toThrow(/holds “somebody 1 [0-9a-f]+”, not nothing/)
    truncateSync(join(volume.published ?? '', 'marked'), 500)
    await expect(checkEverything(load)).rejects.toThrow(/is not what one write left: 500 characters/)
    await driver.end('stop')
  })
})
