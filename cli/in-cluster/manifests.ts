import { runLabel } from '../../contract/labels.ts'
import { nodeFlags } from '../../contract/node-flags.mjs'
import { podSecurityLabels, restrictedPod } from '../../contract/pod-security.ts'
import type { RightsRule } from '../../contract/rights.ts'
import { holderOfRun, inCluster, namespaceOfRun, type ShardPlan } from '../../contract/shards.ts'
import { allTrafficAllowed, withSettings, type WorkloadSettings } from '../../contract/workload.ts'
import { merged } from '../rights/recorded-rights.ts'
import { rolesFor } from '../rights/roles.ts'
import { bucketEnvironment, bucketSecret, type EvidencePlace, isBucket } from './evidence-place.ts'
import { rightsOfShard } from './rights-of-shard.ts'

/** A run over shards, as objects of Kubernetes are made of it. */
export interface RunInCluster {
  readonly plan: ShardPlan
  /** Image with Holdfast, as nodes know it. */
  readonly image: string
  /** Rights of the guarantees, and no others. */
  readonly rights: readonly RightsRule[]
  /** `cluster.json`, as text. */
  readonly cluster: string
  /** The directory of the run as it began, as a gzipped tar archive. */
  readonly directory: Buffer
  readonly evidence: EvidencePlace
  /** Nodes that guarantees may drain: no shard runs there. */
  readonly disruptiveNodes?: readonly string[] | undefined
  readonly workload?: WorkloadSettings | undefined
}

/** How often a shard is started again after its Pod was lost or failed. */
const restartsAtMost = 3

/** Seconds after which a shard on a node that does not answer is started elsewhere. */
const nodeLostAfter = 30

/** Seconds that an interrupted shard has to end its guarantees and clean up. */
const gracePeriod = 60

/** Where in a Pod each of its volumes is. */
const mounts = { plan: inCluster.planDirectory, work: inCluster.workDirectory, evidence: inCluster.evidenceDirectory } as const

/**
 * All objects of a run, in the order in which they are made. Each carries the label of the run. Of rights there are those of the
 * guarantees, those on the Leases and Pods of the run's own namespace, and those on the Lease of the cluster.
 */
export function objectsOfRun(run: RunInCluster): readonly object[] {
  const { plan, rights, workload, evidence } = run
  const namespace = namespaceOfRun(plan.runId)
  const subject = { kind: 'ServiceAccount', namespace, name: inCluster.account } as const
  const roles = rolesFor(merged([...rights, ...rightsOfShard(namespace)]), { name: namespace, subject })
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: podSecurityLabels('restricted') } },
    ...roles,
    ...(workload?.allowTraffic === true ? [{ ...allTrafficAllowed, metadata: { ...allTrafficAllowed.metadata, namespace } }] : []),
    configMapOf(run, namespace),
    isBucket(evidence) ? bucketSecret(evidence, namespace) : claimOf(evidence, namespace),
    jobOf(run, namespace),
  ].map((object) => labelled(object, plan.runId))
}

/** The Pod out of which the evidence of a run is read. It has no rights. */
export function readerOfEvidence(run: Pick<RunInCluster, 'plan' | 'image' | 'evidence' | 'workload'>): object {
  const namespace = namespaceOfRun(run.plan.runId)
  const name = inCluster.reader
  const ofBucket = isBucket(run.evidence)
  const command = ofBucket ? shardCommand('--fetch-evidence') : ['sleep', 'infinity']
  const container = {
    name,
    image: run.image,
    command,
    workingDir: inCluster.root,
    ...mountsAndEnvironment(run.evidence, ['work', 'evidence']),
    ...(ofBucket && { readinessProbe: { exec: { command: ['test', '-e', inCluster.fetchedFile] }, periodSeconds: 1 } }),
  }
  const template = podTemplate(run, {
    name,
    spec: { automountServiceAccountToken: false, restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers: [container] },
  })
  return labelled({ apiVersion: 'v1', kind: 'Pod', ...template, metadata: { ...template.metadata, name, namespace } }, run.plan.runId)
}

function labelled<Given extends object>(object: Given, runId: string): Given {
  const { metadata } = object as { readonly metadata?: { readonly labels?: object } }
  return { ...object, metadata: { ...metadata, labels: { ...metadata?.labels, [runLabel]: runId } } }
}

function configMapOf(run: RunInCluster, namespace: string): object {
  const { plan, cluster, directory } = run
  const texts = { [inCluster.planFile]: JSON.stringify(plan), [inCluster.readerFile]: JSON.stringify(readerOfEvidence(run)) }
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: inCluster.configMap, namespace, annotations: { 'holdfast.dev/lease-holder': holderOfRun(plan.runId) } },
    data: { ...texts, [inCluster.clusterFile]: cluster },
    binaryData: { [inCluster.directoryFile]: directory.toString('base64') },
  }
}

function claimOf({ storageClass, accessMode, size }: Exclude<EvidencePlace, { readonly bucket: string }>, namespace: string): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: inCluster.claim, namespace },
    spec: { accessModes: [accessMode], storageClassName: storageClass, resources: { requests: { storage: size } } },
  }
}

/**
 * One Pod for each shard. There is no `podFailurePolicy`: with one, the Pod of a node that is gone would be replaced only once somebody
 * deletes it by force (https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-replacement-policy).
 */
function jobOf(run: RunInCluster, namespace: string): object {
  const { plan, image, evidence } = run
  const fromPod = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } })
  const { volumeMounts, env, envFrom } = mountsAndEnvironment(evidence, ['plan', 'work', 'evidence'])
  const container = {
    name: inCluster.container,
    image,
    command: shardCommand(),
    workingDir: inCluster.root,
    env: [fromPod('POD_NAME', 'metadata.name'), fromPod('POD_UID', 'metadata.uid'), fromPod('NODE_NAME', 'spec.nodeName'), ...env],
    envFrom,
    resources: { requests: { cpu: '250m', memory: '384Mi' }, limits: { cpu: '2', memory: '1536Mi' } },
    volumeMounts,
  }
  const spec = {
    serviceAccountName: inCluster.account,
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: gracePeriod,
    containers: [container],
    affinity: affinityOf(run),
    tolerations: ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => ({
      ...{ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: nodeLostAfter },
    })),
  }
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: inCluster.job, namespace },
    spec: {
      completionMode: 'Indexed',
      completions: plan.shards,
      parallelism: plan.shards,
      backoffLimitPerIndex: restartsAtMost,
      podReplacementPolicy: 'TerminatingOrFailed',
      template: podTemplate(run, { name: inCluster.job, spec }),
    },
  }
}

function shardCommand(...flags: readonly string[]): readonly string[] {
  return ['node', ...nodeFlags, 'cli/main.ts', 'shard', ...flags]
}

function mountsAndEnvironment(evidence: EvidencePlace, names: readonly (keyof typeof mounts)[]) {
  return {
    volumeMounts: names.map((name) => ({ name, mountPath: mounts[name], ...(name === 'plan' && { readOnly: true }) })),
    env: isBucket(evidence) ? bucketEnvironment(evidence) : [],
    envFrom: isBucket(evidence) ? [{ secretRef: { name: inCluster.claim } }] : [],
  }
}

/** A template whose Pod the level `restricted` lets in, with what the user wants of all Pods. */
function podTemplate(
  { plan, evidence, workload = {} }: Pick<RunInCluster, 'plan' | 'evidence' | 'workload'>,
  { name, spec }: { readonly name: string; readonly spec: object },
) {
  const volumes = [
    { name: 'plan', configMap: { name: inCluster.configMap } },
    { name: 'work', emptyDir: {} },
    isBucket(evidence) ? { name: 'evidence', emptyDir: {} } : { name: 'evidence', persistentVolumeClaim: { claimName: inCluster.claim } },
  ]
  const labels = { 'app.kubernetes.io/name': 'holdfast', 'app.kubernetes.io/component': name, [runLabel]: plan.runId }
  const { program: _, ...settings } = workload
  return withSettings({ metadata: { labels }, spec: { ...restrictedPod(spec), volumes } }, settings)
}

/**
 * Shards are spread over nodes where they can be. A volume that only one node can write to keeps them together, and none is where
 * guarantees drain nodes.
 */
function affinityOf({ plan, evidence, disruptiveNodes = [] }: RunInCluster): object {
  const matchLabels = { [runLabel]: plan.runId, 'app.kubernetes.io/component': inCluster.job }
  const term = { labelSelector: { matchLabels }, topologyKey: 'kubernetes.io/hostname' }
  const isTogether = !isBucket(evidence) && evidence.accessMode === 'ReadWriteOnce'
  const notThere = [{ key: 'kubernetes.io/hostname', operator: 'NotIn', values: disruptiveNodes }]
  return {
    ...(isTogether
      ? { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }
      : { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] } }),
    ...(disruptiveNodes.length > 0 && {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: notThere }] } },
    }),
  }
}
