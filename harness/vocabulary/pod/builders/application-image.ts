import type { ApplicationImage, ClusterRecord } from '../../../../contract/cluster-record.ts'
import { ordinaryUser } from '../../../../contract/pod-security.ts'
import { Inconclusive } from '../../../engine/judge/errors.ts'

/** What is needed of a cluster to run applications in it. */
export type ApplicationCluster = Pick<ClusterRecord, 'name' | 'applicationImages'>

/** User and group that the images of databases have for their servers: the public images of PostgreSQL, Redis and MongoDB agree on it. */
const databaseUser = 999

/** As whom a Pod with a database runs, at every Pod Security level. Its volume belongs to the same group as those of other Pods. */
export const asDatabaseUser = { ...ordinaryUser, runAsUser: databaseUser, runAsGroup: databaseUser } as const

/** Reference of the image of an application. Throws `Inconclusive` on a cluster that has none. */
export function applicationImage({ name, applicationImages }: ApplicationCluster, application: ApplicationImage): string {
  const image = applicationImages?.[application]
  if (image !== undefined) return image
  throw new Inconclusive().withDetails({ reason: { summary: `Cluster ${name} has no image of ${application}.` } })
}
