import { expect, test } from 'vitest'
import { commandLine } from '../command-line.ts'
import { isForCheckout, refuseOutsideCheckout } from './checkout-only.ts'
import { strictCommand } from './strict-command.ts'

function called(name: string, words: readonly string[] = []) {
  const command = strictCommand({ name, summary: '' }).option('--write', '')
  return command.parse(words, { from: 'user' })
}

test.each([
  ['test', [], '"holdfast test" works on a checkout of Holdfast'],
  ['check', [], '"holdfast check" works on a checkout of Holdfast'],
  ['kills', ['--write'], '"holdfast kills --write" works on a checkout of Holdfast'],
  ['guarantees', ['--write'], '"holdfast guarantees --write" works on a checkout of Holdfast'],
])('the package refuses %s %j', (name, words, sentence) => {
  expect(() => refuseOutsideCheckout(called(name, words), true)).toThrow(sentence)
  expect(() => refuseOutsideCheckout(called(name, words), false)).not.toThrow()
})

test.each([
  ['run', []],
  ['kills', []],
  // Writes a file of the user.
  ['known-failures', ['--write']],
])('the package has %s %j', (name, words) => {
  expect(() => refuseOutsideCheckout(called(name, words), true)).not.toThrow()
})

test('every command that is for a checkout exists, and those of users are not among them', () => {
  const names = commandLine().commands.map((command) => command.name())
  expect(names.filter(isForCheckout).toSorted()).toEqual(['bench', 'check', 'durations', 'package', 'sanity', 'strangers', 'test'])
})
