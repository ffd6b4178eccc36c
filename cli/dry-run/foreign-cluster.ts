import { inspectExisting, lookAtLease } from '../../clusters/index.ts'
import { ruleText } from '../../contract/rights.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import type { ForeignCluster } from '../plan/run-target.ts'
import { merged } from '../rights/recorded-rights.ts'
import { rightsForPlan } from '../rights/rights-of-selection.ts'
import type { SeenCluster } from './seen-cluster.ts'
import { foundFeatures, lackingElsewhere } from './would-run.ts'

/** Looks at a cluster that Holdfast did not create, as a run does before it makes anything. Throws what would stop the run. */
export async function lookAtForeign(plan: RunPlan, place: ForeignCluster): Promise<SeenCluster> {
  const context = { config: plan.settings, log: () => undefined, ...rightsForPlan(plan) }
  const { record, rights, nodesToProbe, image } = await inspectExisting(place, context)
  const lease = await lookAtLease(record)
  const { features, lacking, nodes, versions, platform } = record
  const evidence = platform?.evidence ?? []
  const loaded =
    image.loadedInto === undefined || image.loadedInto.length === 0 ? [] : [`${image.reference} in ${image.loadedInto.join(', ')}`]
  return {
    cluster: {
      name: record.name,
      kubeconfig: record.kubeconfig,
      context: record.context,
      Kubernetes: versions['kubernetes'] ?? '',
      nodes: nodes.map(({ name }) => name).join(', '),
      driver: record.driver,
      StorageClass: `${record.storageClass} (${record.bindingMode ?? ''})`,
      VolumeSnapshotClass: record.snapshotClass === '' ? 'none' : record.snapshotClass,
    },
    features: foundFeatures({
      ...{ features, lacking, howLacking: lackingElsewhere },
      howOffered: (feature) => evidence.find((each) => each.feature === feature)?.seen ?? 'the API shows it',
    }),
    images: [{ name: 'workload', reference: image.reference, from: fromOf(image.from) }],
    rights: merged(rights).map(ruleText),
    before: [
      ...loaded,
      `namespace hf-preflight-<random> with a Pod of that image on each of ${nodesToProbe.join(', ')}; removed before the first guarantee`,
      'namespace hf-probe-<random> with PersistentVolumeClaims, Pods and snapshots that try the driver; removed with their volumes before the first guarantee',
      `Lease kube-system/holdfast, removed at the end of the run. ${lease}`,
    ],
  }
}

function fromOf(from: string): string {
  if (from === 'named') return 'its registry: the nodes pull it'
  return from === 'present' ? 'the container engine of this machine' : 'a build on this machine'
}
