import type { ApplicationImage, ClusterRecord } from '../../../../contract/cluster-record.ts'
import { Inconclusive } from '../../../engine/judge/errors.ts'

/** What is needed of a cluster to run applications in it. */
export type ApplicationCluster = Pick<ClusterRecord, 'name' | 'applicationImages'>

/** Reference of the image of an application. Throws `Inconclusive` on a cluster that has none. */
export function applicationImage({ name, applicationImages }: ApplicationCluster, application: ApplicationImage): string {
  const image = applicationImages?.[application]
  if (image !== undefined) return image
  throw new Inconclusive().withDetails({ reason: { summary: `Cluster ${name} has no image of ${application}.` } })
}
