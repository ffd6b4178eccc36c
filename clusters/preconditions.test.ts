import { expect, test } from 'vitest'
import { missingCapabilities } from './preconditions.ts'

const status = (effective: string) => `Name:\tnode\nCapInh:\t0\nCapEff:\t${effective}\nCapBnd:\t000001ffffffffff\n`

test('what a process may be granted is not what it has', () => {
  expect(missingCapabilities(status('0000000000000000'))).toEqual(['CAP_SYS_ADMIN', 'CAP_NET_ADMIN', 'CAP_MKNOD'])
})

test('root of a machine has all, root of an unprivileged container only some', () => {
  expect(missingCapabilities(status('000001ffffffffff'))).toEqual([])
  expect(missingCapabilities(status('00000000a80425fb'))).toEqual(['CAP_SYS_ADMIN', 'CAP_NET_ADMIN'])
})

test('of a process that shows nothing all is missing', () => {
  expect(missingCapabilities('')).toHaveLength(3)
})
