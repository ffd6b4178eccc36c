import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { execa } from 'execa'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { ClusterRecord, Feature } from '../../contract/cluster-record.ts'
import { engine, EngineError } from '../machine/container-engine.ts'
import { clusterDirectory } from '../directories.ts'
import { findTools } from './tools.ts'

/** What a record says of the kubectl that suites run. */
type KubectlPart = Pick<ClusterRecord, 'features' | 'lacking' | 'kubectl'>

const feature: Feature = 'Kubectl'

/** Where kubectl is in the nodes of kind. */
const inNode = '/usr/bin/kubectl'

/**
 * The record of a cluster of ours with the kubectl of its nodes, which is of the version of the cluster. It is copied once, beside the
 * record.
 */
export async function withKubectlOfNodes(record: ClusterRecord): Promise<ClusterRecord> {
  const node = record.nodes.find(({ role }) => role === 'control-plane')
  if (node === undefined) return record
  const kubectl = clusterDirectory(record.name, 'kubectl')
  try {
    if (!existsSync(kubectl)) await copyFromNode(node.container, kubectl)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return { ...record, ...lackingBecause(record, `it could not be copied from ${node.container}: ${error.why}`) }
  }
  return { ...record, ...offered(record, kubectl) }
}

/** A copy appears whole or not at all. What a process that was killed leaves of one lies where the next run sweeps. */
async function copyFromNode(container: string, kubectl: string): Promise<void> {
  const copied = clusterDirectory(`.${temporaryPrefix('kubectl')}${container}`)
  try {
    await engine(['cp', `${container}:${inNode}`, copied])
    await rename(copied, kubectl)
  } finally {
    await rm(copied, { force: true })
  }
}

/**
 * What is known of a cluster that Holdfast did not create, with the kubectl of this machine: the one on the `PATH`, or one that was built
 * before, where Kubernetes does not support the version of the first with that of the API server.
 */
export async function withKubectlOfMachine<Part extends KubectlPart>(part: Part, kubernetes: string): Promise<Part> {
  const reasons: string[] = []
  for (const kubectl of await findTools('kubectl')) {
    const why = whyUnsupported(await versionOf(kubectl), kubernetes)
    if (why === undefined) return { ...part, ...offered(part, kubectl) }
    reasons.push(why)
  }
  return { ...part, ...lackingBecause(part, reasons[0] ?? 'there is no kubectl on the PATH of this machine') }
}

function offered({ features, lacking }: KubectlPart, kubectl: string): KubectlPart {
  const { [feature]: _, ...others } = lacking ?? {}
  return { features: [...features.filter((each) => each !== feature), feature], ...(lacking && { lacking: others }), kubectl }
}

function lackingBecause({ features, lacking }: KubectlPart, why: string): Pick<ClusterRecord, 'features' | 'lacking'> {
  return { features: features.filter((each) => each !== feature), lacking: { ...lacking, [feature]: why } }
}

async function versionOf(kubectl: string): Promise<string> {
  const { stdout } = await execa(kubectl, ['version', '--client', '--output', 'json'])
  return (JSON.parse(stdout) as { readonly clientVersion: { readonly gitVersion: string } }).clientVersion.gitVersion
}

/**
 * Why a kubectl is not used with an API server, as the end of a sentence; undefined where it is. It may be one minor older or newer
 * (https://kubernetes.io/releases/version-skew-policy/#kubectl).
 */
export function whyUnsupported(kubectl: string, kubernetes: string): string | undefined {
  const [client, server] = [kubectl, kubernetes].map((version) => Number(/^v?1\.(\d+)/.exec(version)?.[1]))
  if (client !== undefined && server !== undefined && Math.abs(client - server) <= 1) return undefined
  return `kubectl on this machine is ${kubectl}, more than one minor away from ${kubernetes}`
}
