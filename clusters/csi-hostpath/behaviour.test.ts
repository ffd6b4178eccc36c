import { expect, test } from 'vitest'
import { behaviourFlags, readBehaviour, usualBehaviour } from './behaviour.ts'

const usual = {
  'size-step': behaviourFlags['size-step'].default,
  expansion: behaviourFlags.expansion.default,
  'provision-seconds': behaviourFlags['provision-seconds'].default,
  'attach-seconds': behaviourFlags['attach-seconds'].default,
}

test('without flags the driver behaves as usual', () => {
  expect(readBehaviour(usual)).toEqual(usualBehaviour)
})

test('each flag is read', () => {
  const flags = { 'size-step': '1Gi', expansion: 'offline', 'provision-seconds': '10', 'attach-seconds': '0.5' }
  expect(readBehaviour(flags)).toEqual({ sizeStep: 1024 ** 3, expansion: 'offline', provisionSeconds: 10, attachSeconds: 0.5 })
})

test.each([
  [{ 'size-step': '1000' }, '--size-step=1000 is not a size in whole blocks of 4096 bytes: use one like 1Gi.'],
  [{ 'size-step': '0' }, '--size-step=0 is not'],
  [{ 'size-step': 'large' }, '--size-step=large is not'],
  [{ expansion: 'never' }, '--expansion=never is unknown: use online or offline.'],
  [{ 'provision-seconds': '' }, '--provision-seconds= is not a number of seconds from 0 to 30: give one.'],
  [{ 'attach-seconds': '31' }, '--attach-seconds=31 is not'],
])('%j is refused', (flags, sentence) => {
  expect(() => readBehaviour({ ...usual, ...flags })).toThrow(sentence)
})
