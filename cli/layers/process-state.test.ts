import { expect, test } from 'vitest'
import { changesOf, stateOfProcess } from './process-state.ts'

const ignored = () => undefined

/** Names of what is different while a change lasts, and once it is put back. */
function seen(change: () => void, putBack: () => void) {
  const before = stateOfProcess()
  change()
  const changed = changesOf(before, stateOfProcess())
  putBack()
  return { changed, left: changesOf(before, stateOfProcess()) }
}

const directory = process.cwd()
const { write } = process.stdout
const { fetch } = globalThis

test.each<[name: string, change: () => void, putBack: () => void]>([
  ['process.cwd()', () => process.chdir('/'), () => process.chdir(directory)],
  ['process.exitCode', () => (process.exitCode = 3), () => (process.exitCode = undefined)],
  ['process.stdout.write', () => (process.stdout.write = () => true), () => (process.stdout.write = write)],
  ['process.env.HOLDFAST_UNIT', () => (process.env['HOLDFAST_UNIT'] = ''), () => delete process.env['HOLDFAST_UNIT']],
  ['listeners of SIGHUP', () => process.on('SIGHUP', ignored), () => process.off('SIGHUP', ignored)],
  ['globalThis.fetch', () => (globalThis.fetch = async () => new Response()), () => (globalThis.fetch = fetch)],
])('a change of %s is seen until it is put back', (name, change, putBack) => {
  expect(seen(change, putBack)).toEqual({ changed: [name], left: [] })
})
