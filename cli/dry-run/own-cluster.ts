import {
  engineState,
  type EngineState,
  failingPreconditions,
  lookAtLease,
  plannedImages,
  readClusterRecord,
  SetupError,
} from '../../clusters/index.ts'
import { profileFeatures } from '../../clusters/profiles/profile-features.ts'
import { releaseOf } from '../../clusters/images/kubernetes-release.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { requireNodes } from '../run/acquired-cluster.ts'
import { preconditionError } from '../run/make-ready.ts'
import { sourceOnThisMachine } from './image-source.ts'
import type { SeenCluster } from './seen-cluster.ts'
import { foundFeatures } from './would-run.ts'

const engineChanges: Readonly<Record<EngineState, readonly string[]>> = {
  answers: [],
  stopped: ['the container engine would be started: none answers'],
  missing: ['a container engine would be installed and started: there is none'],
}

const usualWorkers = 2

/** Looks at this machine as a run does that makes a cluster. Throws the first precondition that does not hold. */
export async function lookAtNew({ settings, retain }: RunPlan): Promise<SeenCluster> {
  const engine = await engineState()
  const { profile, workers = usualWorkers } = settings
  const failing = (await failingPreconditions({ config: settings })).filter(
    ({ name }) => engine === 'answers' || name !== 'container engine',
  )
  if (failing.length > 0) throw preconditionError(failing)
  const images = await plannedImages(settings)
  const beside = profile === 'velero' ? ', two object stores beside it in containers' : ''
  const end = retain ? 'it would be kept' : 'all of it would be deleted at the end of the run'
  return {
    cluster: {
      name: 'holdfast-<random>, a new one',
      Kubernetes: releaseOf(settings.kubernetes).kubernetes,
      profile,
      nodes: `one control plane, ${workers} workers`,
    },
    features: foundFeatures({
      features: profileFeatures[profile],
      howOffered: (feature) =>
        optional.includes(feature)
          ? `clusters of the profile ${profile} have it where its image can be had`
          : `clusters of the profile ${profile} have it`,
      howLacking: () => `clusters of the profile ${profile} lack it`,
    }),
    images: images.map((image) => ({ ...image, from: sourceOnThisMachine(image) })),
    before: [
      ...engineChanges[engine],
      'what dead runs left on this machine would be removed first',
      `kind cluster with ${1 + workers} nodes in containers, a network${beside}; ${end}`,
    ],
  }
}

/** Features that depend on an image which some registries lack. */
const optional: readonly string[] = ['MongoDB', 'OfficialPostgresImage']

/** Looks at a cluster that `holdfast up` made. Throws what would stop a run on it. */
export async function lookAtKept(name: string): Promise<SeenCluster> {
  const engine = await engineState()
  if (engine !== 'answers') {
    throw new SetupError(`Cluster ${name} cannot be looked at: no container engine answers.`, {
      fix: 'Start the container engine; a run without --dry-run does it.',
    })
  }
  await requireNodes(name)
  const record = await readClusterRecord(name)
  const lease = await lookAtLease(record)
  const { features, lacking } = record
  return {
    cluster: {
      name,
      kubeconfig: record.kubeconfig,
      Kubernetes: record.versions['kubernetes'] ?? '',
      profile: record.profile,
      nodes: record.nodes.map((node) => node.name).join(', '),
      driver: record.driver,
      StorageClass: record.storageClass,
    },
    features: foundFeatures({
      features,
      lacking,
      howOffered: () => 'recorded when the cluster was created',
      howLacking: () => `clusters of the profile ${record.profile} lack it`,
    }),
    images: record.images.map(({ name: image, reference }) => ({
      name: image,
      reference,
      from: 'the nodes: it is there since the cluster was created',
    })),
    before: [
      'what dead runs left on this machine would be removed first, and what they broke of the cluster repaired',
      `Lease kube-system/holdfast, removed at the end of the run. ${lease}`,
    ],
  }
}
