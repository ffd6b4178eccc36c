import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { tearDown } from '../../engine/fixtures/tear-down.ts'
import { removal } from './second-cluster.ts'

/** State of a cluster beside which another one was made, and a place of the other one in its object store. */
function state() {
  const directory = mkdtempSync(join(tmpdir(), `holdfast-second-${process.pid}-`))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const stored = join(directory, 'stored')
  mkdirSync(stored)
  const first = { kubeconfig: join(directory, 'holdfast-unit', 'kubeconfig') } as ClusterRecord
  return { directory, first, stored }
}

test('a cluster that is gone already is fine, and what it stored goes', async () => {
  const { first, stored } = state()
  expect(await tearDown([removal('holdfast-unit-beside-1', { first, stored: () => stored })])).toEqual([])
  expect(existsSync(stored)).toBe(false)
})

test('one that cannot be removed is a finding with the command that removes it, and what it stored goes all the same', async () => {
  const { directory, first, stored } = state()
  mkdirSync(join(directory, 'holdfast-unit-beside-1'))
  const findings = await tearDown([removal('holdfast-unit-beside-1', { first, stored: () => stored })])
  expect(findings).toHaveLength(1)
  expect(findings[0]).toMatch(/^Cluster holdfast-unit-beside-1 was not removed, "holdfast down holdfast-unit-beside-1" does it: /)
  expect(existsSync(stored)).toBe(false)
})
