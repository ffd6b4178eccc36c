import { expect, test } from 'vitest'
import { sourceOnThisMachine } from './image-source.ts'

test('a build is promised only of an image that can be built', () => {
  expect(sourceOnThisMachine({ name: 'redis', from: 'pulled' })).toBe('its registry, or a build where none answers')
  expect(sourceOnThisMachine({ name: 'mongodb', from: 'pulled' })).toBe('its registry: it cannot be built')
})

test('what is there is not looked for elsewhere', () => {
  expect(sourceOnThisMachine({ name: 'mongodb', from: 'present' })).toBe('the container engine of this machine')
  expect(sourceOnThisMachine({ name: 'workload', from: 'built' })).toBe('a build on this machine')
})
