import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { temporaryPrefix } from '../../contract/owner.ts'
import { systemNamespace } from '../../contract/system.ts'
import { kindConfig } from '../kind-config/kind-config.ts'
import { readDriverDefinition } from '../driver-definition/read-definition.ts'
import { releaseOf } from '../images/kubernetes-release.ts'
import { planImages } from '../images/plan.ts'
import { strangerImages } from '../images/stranger-images.ts'
import { objectsIn, withinNamespaces } from './account.ts'
import { clusterSettings } from './cluster-settings.ts'
import { readStrangers } from './stranger.ts'

const strangers = readStrangers()
let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('strangers')))
})
afterAll(() => {
  rmSync(directory, { recursive: true })
})

test('the README has a line for each', () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  const rows = new Set(Array.from(readme.matchAll(/^\| `(\S+)`/gm), ([, name]) => name))
  expect(rows).toEqual(new Set(strangers.map(({ name }) => name)))
})

test.each(strangers)('the images of $name are in the catalogue', ({ images }) => {
  const known = [...planImages('offline').images.keys(), ...strangerImages.map(({ name }) => name)]
  for (const image of Object.values(images)) expect(known).toContain(image)
})

test.each(strangers.filter(({ definition }) => definition !== undefined))('the definition of $name is of its driver', (stranger) => {
  const definition = readDriverDefinition(stranger.definition ?? '')
  expect(definition.driver).toBe(stranger.driver)
  // A class that is made for the run is not probed.
  expect(definition.storageClass?.from).toBe('existing')
})

test('a file that is wrong is refused by name', () => {
  mkdirSync(join(directory, 'odd'))
  writeFileSync(join(directory, 'odd', 'stranger.yaml'), 'title: odd\nimages: {}\nquick: []\nlacks: {}\n')
  expect(() => readStrangers(directory)).toThrow(/odd\/stranger\.yaml is wrong: .*\n.*quick/)
})

test('Pod Security is what the API server is configured with, and nothing else changes', () => {
  const config = { offline: true, workers: 3 }
  expect(clusterSettings({ podSecurity: undefined }, config)).toBe(config)
  const settings = clusterSettings({ podSecurity: 'restricted' }, config)
  const owner = { kind: 'run', keep: false } as unknown as Parameters<typeof kindConfig>[0]['owner']
  const made = parse(kindConfig({ name: 'holdfast-x', owner, workers: 3, staticRoutes: true, release: releaseOf(), settings })) as {
    readonly nodes: readonly { readonly extraMounts: readonly { readonly containerPath: string; readonly hostPath: string }[] }[]
    readonly kubeadmConfigPatches: readonly string[]
  }
  expect(made.nodes).toHaveLength(4)
  const mount = made.nodes[0]?.extraMounts.find(({ containerPath }) => containerPath.includes('pod-security'))
  const admission = readFileSync(mount?.hostPath ?? '', 'utf8')
  expect(admission).toContain('enforce: restricted')
  // The snapshot controller that strangers get is there, and asks for more than restricted allows.
  expect(admission).toMatch(new RegExp(`exemptions:.*${systemNamespace}`))
  expect(made.kubeadmConfigPatches.join('\n')).toContain(`admission-control-config-file: ${mount?.containerPath ?? ''}`)
})

test('roles are read from what rbac prints, remarks and all', () => {
  const printed = '# What 3 guarantees need.\n---\napiVersion: v1\nkind: ServiceAccount\n---\napiVersion: v1\nkind: Secret\n'
  expect(objectsIn(printed).map(({ kind }) => kind)).toEqual(['ServiceAccount', 'Secret'])
})

test('what roles there are for a namespace that is not there is left out, as kubectl leaves it out', () => {
  const role = (metadata: object) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata })
  const [everywhere, inVelero, inSystem] = [{ name: 'a' }, { name: 'b', namespace: 'velero' }, { name: 'c', namespace: 'kube-system' }].map(
    role,
  )
  const all = [everywhere, inVelero, inSystem].filter((each) => each !== undefined)
  expect(withinNamespaces(all, ['default', 'kube-system'])).toEqual([everywhere, inSystem])
})
