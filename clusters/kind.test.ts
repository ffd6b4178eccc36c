import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { markOfMounts, standingOf, thisProcess } from './cluster-owner.ts'
import { kindConfig, volumesInNode } from './kind.ts'

interface Config {
  readonly networking: { readonly disableDefaultCNI: boolean }
  readonly nodes: readonly {
    readonly role: string
    readonly labels: Readonly<Record<string, string>>
    readonly extraMounts: readonly { readonly containerPath: string }[]
  }[]
}

test('one control plane, two workers in two zones, the volumes and the owner mounted into every node', () => {
  const owner = thisProcess('run', false)
  const config = parse(kindConfig({ name: 'holdfast-a', owner, workers: 2, staticRoutes: true })) as Config
  expect(config.nodes.map((node) => node.role)).toEqual(['control-plane', 'worker', 'worker'])
  expect(new Set(config.nodes.slice(1).map((node) => node.labels['topology.kubernetes.io/zone']))).toEqual(new Set(['zone-a', 'zone-b']))
  expect(config.nodes.every((node) => node.extraMounts[0]?.containerPath === volumesInNode)).toBe(true)
  const marks = config.nodes.map((node) => markOfMounts(node.extraMounts.map(({ containerPath }) => containerPath)))
  expect(marks.map(standingOf)).toEqual(['alive', 'alive', 'alive'])
  expect(config.networking.disableDefaultCNI).toBe(true)
})
