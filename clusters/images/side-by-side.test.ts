import { expect, test } from 'vitest'
import { sideBySide } from './side-by-side.ts'

test('the first error is thrown, once the others were told to end and have ended', async () => {
  let ended = false
  const goesOn = async (signal: AbortSignal) => {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    ended = true
    signal.throwIfAborted()
  }
  const fails = async () => Promise.reject(new Error('no compiler'))
  await expect(sideBySide((signal) => [goesOn(signal), fails()])).rejects.toThrow('no compiler')
  expect(ended).toBe(true)
})

test('works that end well end it', async () => {
  const met = Promise.withResolvers<void>()
  const waits = async () => met.promise
  const lets = async () => Promise.resolve(met.resolve())
  await expect(sideBySide(() => [waits(), lets()])).resolves.toBeUndefined()
})
