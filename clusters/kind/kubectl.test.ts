import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { programOnPath } from '../../contract/program-on-path.ts'
import { cacheDirectory, clusterDirectory } from '../directories.ts'
import { goSourceHash } from '../images/go-programs.ts'
import { programs } from './tools.ts'
import { whyUnsupported, withKubectlOfMachine, withKubectlOfNodes } from './kubectl.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  // What was built on this machine before is none of these tests' business.
  vi.stubEnv('XDG_CACHE_HOME', directory)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true })
})

/** A script that tells this version, as kubectl does. */
function telling(version: string): string {
  const json = JSON.stringify({ clientVersion: { gitVersion: version } })
  return `case "$*" in *json*) echo '${json}';; *) echo "Client Version: ${version}";; esac`
}

/** A program on the PATH that tells this version. */
function installed(version: string): void {
  programOnPath('kubectl', () => telling(version))
}

/** One that was built before. */
function built(version: string): string {
  const path = cacheDirectory('programs', goSourceHash(programs.kubectl.module), 'kubectl')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `#!/bin/sh\n${telling(version)}\n`, { mode: 0o755 })
  return path
}

test.each([
  ['v1.37.2', 'v1.37.2', undefined],
  ['v1.36.0', 'v1.37.2', undefined],
  ['v1.38.0', 'v1.37.2-eks-1', undefined],
  ['v1.35.9', 'v1.37.2', 'kubectl on this machine is v1.35.9, more than one minor away from v1.37.2'],
  ['v1.37.0', 'unknown', 'kubectl on this machine is v1.37.0, more than one minor away from unknown'],
])('kubectl %s with Kubernetes %s', (kubectl, kubernetes, why) => {
  expect(whyUnsupported(kubectl, kubernetes)).toBe(why)
})

test('the kubectl of the PATH is offered where Kubernetes supports it', async () => {
  installed('v1.36.4')
  const part = { features: ['Velero', 'Kubectl'] as const }
  expect(await withKubectlOfMachine(part, 'v1.37.2')).toEqual({ features: ['Velero', 'Kubectl'], kubectl: 'kubectl' })
})

test('one that is too old is lacking, with both versions', async () => {
  installed('v1.30.0')
  const { features, lacking } = await withKubectlOfMachine({ features: ['Kubectl'], lacking: { Velero: 'none' } }, 'v1.37.2')
  expect({ features, lacking }).toEqual({
    features: [],
    lacking: { Velero: 'none', Kubectl: 'kubectl on this machine is v1.30.0, more than one minor away from v1.37.2' },
  })
})

test.each([
  ['v1.32.0', 'v1.37.1', 'built'],
  ['v1.36.4', 'v1.37.1', 'installed'],
  ['v1.32.0', 'v1.33.0', undefined],
])('of kubectl %s on the PATH and a built %s, the one that fits is offered: %s', async (onPath, other, wanted) => {
  installed(onPath)
  const paths = { installed: 'kubectl', built: built(other) }
  const { features, lacking, kubectl } = await withKubectlOfMachine<Pick<ClusterRecord, 'features' | 'lacking' | 'kubectl'>>(
    { features: [] },
    'v1.37.2',
  )
  expect(kubectl).toBe(wanted && paths[wanted as keyof typeof paths])
  expect(features).toEqual(wanted === undefined ? [] : ['Kubectl'])
  expect(lacking?.Kubectl).toBe(
    wanted === undefined ? `kubectl on this machine is ${onPath}, more than one minor away from v1.37.2` : undefined,
  )
})

/** A cluster with a directory, and an engine that does this when it is asked for a copy to `$3`. */
function cluster(copying: string): ClusterRecord {
  vi.stubEnv('XDG_STATE_HOME', directory)
  mkdirSync(clusterDirectory('unit'), { recursive: true })
  programOnPath('docker', () => copying)
  const nodes = [{ name: 'unit-control-plane', role: 'control-plane', container: 'unit-control-plane' }]
  return { name: 'unit', nodes, features: ['Velero'], lacking: { Kubectl: 'none on this machine' } } as unknown as ClusterRecord
}
const filesOf = (name: string) => readdirSync(clusterDirectory(name))

test('the kubectl of the nodes is copied once, in place of one that the machine lacks', async () => {
  const record = cluster('echo "$1 $2" > "$3"')
  const { features, lacking, kubectl } = await withKubectlOfNodes(record)
  expect({ features, lacking, kubectl }).toEqual({
    features: ['Velero', 'Kubectl'],
    lacking: {},
    kubectl: clusterDirectory('unit', 'kubectl'),
  })
  expect([filesOf('unit'), filesOf('.')]).toEqual([['kubectl'], ['unit']])
  cluster('exit 1')
  expect((await withKubectlOfNodes(record)).features).toContain('Kubectl')
})

test('a copy that breaks off leaves nothing, and the reason says what the engine said', async () => {
  const { features, lacking } = await withKubectlOfNodes(cluster('echo half > "$3"; echo "no space left on device" >&2; exit 1'))
  expect(features).toEqual(['Velero'])
  expect(lacking?.Kubectl).toMatch(/^it could not be copied from unit-control-plane: .*no space left on device/)
  expect([filesOf('unit'), filesOf('.')]).toEqual([[], ['unit']])
})
