import { expect, test } from 'vitest'
import { nodeProgram } from './node-program.ts'

test('the program of this process can be copied', () => {
  expect(nodeProgram()).toBe(process.execPath)
})

test('one that is built with a shared library is refused, as that of Debian is', () => {
  expect(() => nodeProgram('/usr/bin/node', { node_shared: true })).toThrow(
    'Images get a copy of the program /usr/bin/node, and this one needs libnode of this machine.',
  )
})
