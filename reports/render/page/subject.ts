import { counted } from '../../../contract/counted.ts'
import type { ConformanceReport } from '../../model/conformance-report.ts'
import { installedFrom } from '../../model/subject.ts'

/** Name of the image that the CSI driver of a cluster of ours runs in. */
const ownDriverImage = 'csi-hostpath'

/**
 * Whose cluster was judged and which CSI driver, as rows of the page's overview: version, digest and where it came from, and whether it can
 * be asked to break its rules.
 */
export function subjectFacts({ cluster }: Pick<ConformanceReport, 'cluster'>): readonly (readonly [string, string])[] {
  const isForeign = cluster.profile === 'existing'
  return [
    ...driverFacts(cluster, isForeign),
    [
      'Faults of the driver',
      cluster.features.includes('DriverFaults')
        ? 'possible: it breaks a rule for a StorageClass that asks for it. Only mutants and checks that need DriverFaults ask.'
        : 'not possible: Holdfast has no way to ask this driver to break a rule',
    ],
    [
      'Cluster',
      `${cluster.name}, ${counted(cluster.nodes.length, 'nodes')}, ${
        isForeign ? 'not made by Holdfast: it was given by a kubeconfig' : `made by Holdfast with kind, cluster profile ${cluster.profile}`
      }`,
    ],
  ]
}

function driverFacts(
  { driver, subject, images }: ConformanceReport['cluster'],
  isForeign: boolean,
): readonly (readonly [string, string])[] {
  if (subject !== undefined) {
    return [
      ['Subject: CSI driver', `${subject.name} ${subject.version}`],
      ['Installed from', installedFrom(subject)],
    ]
  }
  if (isForeign) return [['Subject: CSI driver', `${driver}, as the cluster had it`]]
  const image = images.find(({ name }) => name === ownDriverImage)
  if (image === undefined) return [['Subject: CSI driver', `${driver}, part of Holdfast`]]
  const { reference, imageId, digest } = image
  const identity = [
    `image ${reference}`,
    ...(digest === undefined ? [] : [`digest ${digest}`]),
    ...(imageId === undefined ? [] : [`id ${imageId}`]),
  ]
  return [['Subject: CSI driver', `${driver}, part of Holdfast, ${identity.join(', ')}`]]
}
