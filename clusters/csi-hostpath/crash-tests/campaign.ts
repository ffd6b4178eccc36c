import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import { connectDriver } from '../driver-client.ts'
import { leftHalfMade, losses } from './agreement.ts'
import { launchDriver, type KillableDriver, type Shell } from './killable-driver.ts'
import { acknowledged } from './known.ts'
import { observe } from './observe.ts'
import type { Random } from './random.ts'
import type { Load } from './steps.ts'

/** One kill: when it came and what it cut off. */
export interface Kill {
  readonly shell: Shell
  /** Milliseconds after the driver was launched, or after it was open to the load. */
  readonly after: number
  readonly during: 'start' | 'load'
  /** Methods of the calls that were not answered yet. */
  readonly inFlight: readonly string[]
  /** Inconsistencies found after the previous start. */
  readonly wrong: readonly string[]
}

/** A running driver, and what was inconsistent after its start. */
export interface OpenDriver {
  readonly driver: KillableDriver
  /** What the driver lost or left unfinished, checked before the first call. */
  readonly wrong: readonly string[]
  /** Holds the load back, ends the driver and waits until its calls have ended too. */
  readonly end: (how: 'kill' | 'stop') => Promise<{ readonly inFlight: readonly string[]; readonly code: number | null }>
}

/** Most drivers live about as long as one call takes; some live longer, so that the load comes along. In milliseconds. */
const shortest = 20
const longest = 400
const longestOfSome = 1200

/** A start takes about as long as this, in milliseconds. */
const startTime = 600

async function launch(load: Load, shell: Shell): Promise<KillableDriver> {
  await mkdir(join(load.directory, 'tmp'), { recursive: true })
  return launchDriver(load.directory, shell)
}

/** Starts a driver, looks at what it found and lets the load through. `after` is the shell of the driver before it. */
export async function openDriver(load: Load, options: { readonly shell: Shell; readonly after: Shell }): Promise<OpenDriver> {
  const { directory, line, known } = load
  const driver = await launch(load, options.shell)
  if (!(await driver.listening)) throw new Error(`The driver did not start:\n${driver.output()}`)
  const client = connectDriver(driver.socket)
  // What an acknowledgement changes in the load's memory, it changes in a later turn.
  await setImmediate()
  const observed = await observe({ directory, client })
  // Where only the driver itself was killed, what it had started may go on and leave something after the next one has tidied up.
  const wrong = [...losses(observed, acknowledged(known)), ...(options.after === 'container' ? leftHalfMade(observed) : [])]
  line.connect(client)
  return {
    driver,
    wrong,
    end: async (how) => {
      const inFlight = line.disconnect()
      const code = how === 'kill' ? await driver.kill().then(() => null) : await driver.stop()
      await line.settled()
      client[Symbol.dispose]()
      return { inFlight, code }
    },
  }
}

/** Kills drivers at random moments, one after the other, `count` times or until something is wrong. */
export async function killDrivers(
  load: Load,
  options: { readonly count: number; readonly random: Random; readonly broken: AbortSignal },
): Promise<Kill[]> {
  const { count, random, broken } = options
  const kills: Kill[] = []
  let after: Shell = 'container'
  while (kills.length < count && !broken.aborted && kills.every(({ wrong }) => wrong.length === 0)) {
    const shell = random.chance(0.6) ? 'container' : 'process'
    if (random.chance(0.1)) {
      const moment = shortest + random.below(startTime)
      const driver = await launch(load, shell)
      await wait(moment)
      await driver.kill()
      kills.push({ shell, after: moment, during: 'start', inFlight: [], wrong: [] })
    } else {
      const moment = shortest + random.below(random.chance(0.6) ? longest : longestOfSome)
      const { wrong, end } = await openDriver(load, { shell, after })
      await wait(moment)
      const { inFlight } = await end('kill')
      kills.push({ shell, after: moment, during: 'load', inFlight, wrong })
    }
    after = shell
  }
  return kills
}

function counts(items: readonly (string | number)[]): string {
  const found = new Map<string | number, number>()
  for (const item of items) found.set(item, (found.get(item) ?? 0) + 1)
  return [...found]
    .toSorted(([, left], [, right]) => right - left)
    .map(([item, count]) => `${item} ×${count}`)
    .join(', ')
}

/** A few lines on what the kills hit. */
export function describeKills(kills: readonly Kill[]): string {
  return [
    `kills: ${counts(kills.map(({ shell, during }) => `${shell} during ${during}`))}`,
    `calls in flight at a kill: ${counts(kills.map(({ inFlight }) => inFlight.length))}`,
    `methods cut off: ${counts(kills.flatMap(({ inFlight }) => inFlight))}`,
  ].join('\n')
}
