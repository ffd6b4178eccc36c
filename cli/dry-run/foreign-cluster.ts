import { inspectExisting, lookAtLease } from '../../clusters/index.ts'
import type { PlannedImageOfSuites } from '../../clusters/existing/workload-image.ts'
import { ruleText } from '../../contract/rights.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import type { ForeignCluster } from '../plan/run-target.ts'
import { merged } from '../rights/recorded-rights.ts'
import { needsOfPlan } from '../rights/rights-of-selection.ts'
import { sourceOnThisMachine } from './image-source.ts'
import type { SeenCluster } from './seen-cluster.ts'
import { foundFeatures, lackingElsewhere } from './would-run.ts'
import { ownCommand } from '../../contract/distribution.ts'

/** Looks at a cluster that Holdfast did not create, as a run does before it makes anything. Throws what would stop the run. */
export async function lookAtForeign(plan: RunPlan, place: ForeignCluster): Promise<SeenCluster> {
  const context = { config: plan.settings, log: () => undefined, ...needsOfPlan(plan) }
  const { record, rights, nodesToProbe, asksVelero, images } = await inspectExisting(place, context)
  const lease = await lookAtLease(record)
  const { features, lacking, nodes, versions, platform, velero } = record
  const evidence = platform?.evidence ?? []
  const loaded = images.flatMap(({ reference, loadedInto = [] }) =>
    loadedInto.length === 0 ? [] : [`${reference} in ${loadedInto.join(', ')}`],
  )
  const [workload, ...applications] = images
  const nodesTried = nodesToProbe.join(', ')
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
      Velero: velero === undefined ? 'none' : `namespace ${velero.namespace}, BackupStorageLocation ${velero.location}`,
    },
    features: foundFeatures({
      ...{ features, lacking, howLacking: lackingElsewhere },
      howOffered: (feature) =>
        evidence.find((each) => each.feature === feature)?.seen ?? (feature === 'Kubectl' ? 'it is on this machine' : 'the API shows it'),
    }),
    images: images.map((image) => ({ name: image.name, reference: image.reference, from: fromOf(image) })),
    rights: merged(rights).map(ruleText),
    ...(velero && { veleroNamespace: velero.namespace }),
    before: [
      ...loaded,
      `namespace hf-preflight-<random> with a Pod of ${workload?.reference ?? ''} on each of ${nodesTried}; removed before the first guarantee`,
      ...(applications.length === 0
        ? []
        : [
            `namespace hf-preflight-<random> with a Pod of each other image on each of ${nodesTried}, of those whose guarantees lack nothing else; ` +
              'removed before the first guarantee',
          ]),
      'namespace hf-probe-<random> with PersistentVolumeClaims, Pods and snapshots that try the driver; removed with their volumes before the first guarantee',
      ...(velero === undefined || !asksVelero
        ? []
        : [`ServerStatusRequest ${velero.namespace}/hf-probe-<random> for the version of Velero; removed before the first guarantee`]),
      `Lease kube-system/holdfast, removed at the end of the run. ${lease}`,
    ],
  }
}

function fromOf(image: PlannedImageOfSuites): string {
  const { from, loadedInto, reference } = image
  if (loadedInto === undefined && reference.startsWith('holdfast.local/'))
    return `the nodes, where it was imported ("${ownCommand} image save")`
  if (loadedInto?.length === 0) return 'the nodes: they have it'
  if (from === 'named' || (from === 'pulled' && loadedInto === undefined)) return 'its registry: the nodes pull it'
  return sourceOnThisMachine(image)
}
