import { expect, test } from 'vitest'
import { tearDown, type TearDownStep } from './tear-down.ts'

const never = async () => new Promise<never>(() => undefined)
const failing = async () => {
  throw new SuppressedError(new Error('closing failed'), new Error('the work failed'))
}

test('each step is taken, in order, whatever became of those before', async () => {
  const taken: string[] = []
  const step = (name: string, run: TearDownStep['run'] = () => undefined): TearDownStep => ({
    name,
    limit: 0.05,
    run: (signal) => {
      taken.push(name)
      return run(signal)
    },
  })
  const sync = () => {
    throw new Error('the disk is full')
  }
  const findings = await tearDown([step('One', sync), step('Two', failing), step('Three', never), step('Four', () => ['Pod web-0 stays.'])])
  expect(taken).toEqual(['One', 'Two', 'Three', 'Four'])
  expect(findings).toEqual([
    'One failed: the disk is full',
    'Two failed: the work failed Cause: closing failed',
    'Three was given up: it was not done within 0.05 s.',
    'Pod web-0 stays.',
  ])
})

test('a step that heeds its signal returns what it knows when its time is over', async () => {
  const run = async (signal: AbortSignal) =>
    new Promise<readonly string[]>((resolve) => signal.addEventListener('abort', () => resolve(['PersistentVolume pv-1 stays.'])))
  expect(await tearDown([{ name: 'Waiting', limit: 0.05, run }])).toEqual(['PersistentVolume pv-1 stays.'])
})

test('the signal of a step that is done in time is never aborted', async () => {
  let given: AbortSignal | undefined
  const run = (signal: AbortSignal) => void (given = signal)
  expect(await tearDown([{ name: 'Quick', limit: 0.01, run }])).toEqual([])
  await new Promise((resolve) => AbortSignal.timeout(50).addEventListener('abort', resolve))
  expect(given?.aborted).toBe(false)
})
