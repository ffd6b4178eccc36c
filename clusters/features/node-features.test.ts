import type { V1Node } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { haveRecursiveReadOnlyMounts } from './node-features.ts'

const node = (...handlers: readonly (readonly [name: string, recursive: boolean])[]): V1Node => ({
  status: { runtimeHandlers: handlers.map(([name, recursiveReadOnlyMounts]) => ({ name, features: { recursiveReadOnlyMounts } })) },
})

test('every node has to offer recursive read-only mounts, with the handler that Pods get', () => {
  expect(haveRecursiveReadOnlyMounts([node(['', true], ['other', false])])).toBe(true)
  expect(haveRecursiveReadOnlyMounts([node(['', true]), node(['', false])])).toBe(false)
  expect(haveRecursiveReadOnlyMounts([node(['other', true])])).toBe(false)
  expect(haveRecursiveReadOnlyMounts([{ status: {} }])).toBe(false)
})
