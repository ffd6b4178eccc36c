import { expect, test } from 'vitest'
import { isReachable, nodeKey, zoneKey } from '../topology.ts'
import { choosePlace } from './placement.ts'

const node = (id: string, zone: string) => ({ id, zone, maxVolumes: 64, faults: false, startedAt: '' })
const nodes = [node('one', 'a'), node('two', 'b'), node('three', 'b')]
const term = (segments: Readonly<Record<string, string>>) => ({ segments })
const everywhere = nodes.map(({ id, zone }) => term({ [nodeKey]: id, [zoneKey]: zone }))

test('a movable volume is reachable everywhere unless the request restricts it', () => {
  expect(choosePlace('movable', { requirement: null, nodes })).toEqual([])
  expect(choosePlace('movable', { requirement: { requisite: everywhere, preferred: everywhere }, nodes })).toEqual([])
  const zoneB = { requisite: [term({ [zoneKey]: 'b' })], preferred: [] }
  expect(choosePlace('movable', { requirement: zoneB, nodes })).toEqual([{ [zoneKey]: 'b' }])
  const two = { requisite: [term({ [nodeKey]: 'two' })], preferred: [] }
  expect(choosePlace('movable', { requirement: two, nodes })).toEqual([{ [nodeKey]: 'two' }])
})

test('a local volume is pinned to what is preferred, within what is allowed', () => {
  const preferred = [term({ [nodeKey]: 'three', [zoneKey]: 'b' })]
  expect(choosePlace('node-local', { requirement: { requisite: everywhere, preferred }, nodes })).toEqual([{ [nodeKey]: 'three' }])
  expect(choosePlace('zone-local', { requirement: { requisite: everywhere, preferred }, nodes })).toEqual([{ [zoneKey]: 'b' }])
  expect(choosePlace('node-local', { requirement: null, nodes })).toEqual([{ [nodeKey]: 'one' }])
  const outside = { requisite: [term({ [zoneKey]: 'a' })], preferred }
  expect(choosePlace('node-local', { requirement: outside, nodes })).toEqual([{ [nodeKey]: 'one' }])
})

test('a place where no node is, or whose key nobody has, is refused', () => {
  const refused = expect.objectContaining({ code: 'RESOURCE_EXHAUSTED' })
  for (const segments of [{ [zoneKey]: 'c' }, { 'example.com/rack': '1' }]) {
    for (const placement of ['movable', 'node-local'] as const) {
      expect(() => choosePlace(placement, { requirement: { requisite: [term(segments)], preferred: [] }, nodes })).toThrow(refused)
    }
  }
  expect(() => choosePlace('zone-local', { requirement: null, nodes: [node('lone', '')] })).toThrow(refused)
})

test('reachable is a node that lies in one of the places', () => {
  expect(isReachable([], node('one', 'a'))).toBe(true)
  expect(isReachable([{ [zoneKey]: 'b' }], node('two', 'b'))).toBe(true)
  expect(isReachable([{ [zoneKey]: 'b' }], node('one', 'a'))).toBe(false)
})
