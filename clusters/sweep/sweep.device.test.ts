import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownerText, temporaryPrefix } from '../../contract/owner.ts'
import { type ClusterOwner, mountPointOf, thisProcess, writeOwner } from '../machine/cluster-owner.ts'
import { clusterBeingMade, clusterParts } from '../machine/cluster-parts.ts'
import { askEngine, engine } from '../machine/container-engine.ts'
import { clusterDirectory } from '../directories.ts'
import { bakePrefix } from '../images/bake-node.ts'
import { kindLabel } from '../machine/cluster-owner.ts'
import { createNetwork } from '../machine/network.ts'
import { sweep } from './sweep.ts'

const images = (await askEngine(['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', '--filter', 'reference=holdfast.local/*'])) ?? ''
const [image = ''] = images.split('\n')

const run = thisProcess('run', false)
const owners = {
  alive: run,
  dead: { ...run, pid: spawnSync('true').pid },
  kept: { ...run, pid: spawnSync('true').pid, retained: true },
  elsewhere: { ...run, host: 'abc', boot: 'def' },
} satisfies Readonly<Record<string, ClusterOwner>>

const mark = randomBytes(3).toString('hex')
const nameOf = (what: string) => `holdfast-sweep-${mark}-${what}`
let state: string
const containers: string[] = []

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), temporaryPrefix('state')))
  process.env['XDG_STATE_HOME'] = state
})

afterEach(async () => {
  for (const name of containers.splice(0)) await askEngine(['rm', '--force', '--volumes', name])
  for (const what of [...Object.keys(owners), 'nobody']) await askEngine(['network', 'rm', nameOf(what)])
  rmSync(state, { recursive: true })
  delete process.env['XDG_STATE_HOME']
})

/** A container that the engine lists as a node of a cluster; it does not run. */
async function node(what: string, owner: ClusterOwner | undefined): Promise<void> {
  const mounts = owner === undefined ? [] : ['--volume', `${state}:${mountPointOf(owner)}:ro`]
  await container(`${nameOf(what)}-control-plane`, ['--label', `${kindLabel}=${nameOf(what)}`, ...mounts])
}

async function container(name: string, flags: readonly string[] = []): Promise<void> {
  containers.push(name)
  await engine(['create', '--name', name, ...flags, image])
}

async function ours(): Promise<readonly string[]> {
  const names = await engine(['ps', '--all', '--filter', `name=${mark}`, '--format', '{{.Names}}'])
  return names.split('\n').toSorted()
}

test.skipIf(image === '')('only the clusters of dead processes are removed; of those that may be alive the command is named', async () => {
  for (const [what, owner] of Object.entries(owners)) await node(what, owner)
  await node('nobody', undefined)
  const { removed, left } = await sweep({ log: () => undefined })
  expect(removed.filter((line) => line.includes(mark))).toEqual([`cluster ${nameOf('dead')}`])
  expect(left.filter((line) => line.includes(mark))).toEqual([
    expect.stringContaining(`If nobody uses it: ./holdfast down ${nameOf('elsewhere')}`),
    expect.stringContaining(`an unknown owner. If nobody uses it: ./holdfast down ${nameOf('nobody')}`),
  ])
  expect(await ours()).toEqual(['alive', 'elsewhere', 'kept', 'nobody'].map((what) => `${nameOf(what)}-control-plane`))
})

test.skipIf(image === '')('a dead directory with the nodes of somebody else is not ours to remove', async () => {
  await node('elsewhere', owners.elsewhere)
  const prepared = mkdtempSync(join(state, 'prepared-'))
  await writeOwner(prepared, owners.dead)
  const directory = clusterDirectory(nameOf('elsewhere'))
  spawnSync('mkdir', ['--parents', clusterDirectory('.')])
  spawnSync('mv', [prepared, directory])
  await sweep({ log: () => undefined })
  expect(existsSync(directory)).toBe(true)
  expect(await ours()).toEqual([`${nameOf('elsewhere')}-control-plane`])
})

test.skipIf(image === '')('the network of a cluster that is being made stays, that of a dead process goes', async () => {
  for (const what of ['alive', 'dead', 'elsewhere'] as const) await createNetwork(nameOf(what), owners[what])
  expect(await clusterBeingMade()).toBe(true)
  await sweep({ log: () => undefined })
  const left = [...(await clusterParts()).keys()].filter((name) => name.includes(mark))
  expect(left).toEqual([nameOf('alive'), nameOf('elsewhere')])
})

test.skipIf(image === '')('of the containers that bake images those of dead processes go', async () => {
  const names = (['alive', 'dead', 'elsewhere'] as const).map((what) => `${bakePrefix}${ownerText(owners[what])}-00${mark}`)
  for (const name of [...names, `${bakePrefix}12-00${mark}`]) await container(name)
  const { removed, left } = await sweep({ log: () => undefined })
  expect(removed.filter((line) => line.includes(mark))).toEqual([`container ${names[1]}`])
  expect(left.filter((line) => line.includes(mark))).toHaveLength(2)
  expect(await ours()).toHaveLength(3)
})
