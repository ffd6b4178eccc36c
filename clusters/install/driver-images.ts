import type { V1Pod } from '@kubernetes/client-node'
import type { ImageRecord } from '../../contract/cluster-record.ts'
import type { DriverImage } from './install-plan.ts'
import { readReference, shortName, wholeReference } from './image-reference.ts'

/** What is known of the images of a driver once its Pods run. */
export interface RunningDriver {
  readonly images: readonly DriverImage[]
  /** Its Pods. */
  readonly pods: readonly V1Pod[]
  /** Images that the nodes had before anything of the driver was loaded or applied. */
  readonly present: ReadonlySet<string>
}

/** The images of a driver for the record of a cluster, each with what tells it from another one of its tag, as the node says. */
export function driverImages({ images, pods, present }: RunningDriver): readonly ImageRecord[] {
  const ids = idsOf(pods)
  return images.map(({ reference, archive }) => {
    const from = archive !== undefined ? 'archive' : present.has(wholeReference(reference)) ? 'present' : 'pulled'
    return { name: shortName(reference), reference, ...identityOf(reference, ids.get(reference)), from }
  })
}

/** Ids of images by the reference that a Pod names. */
function idsOf(pods: readonly V1Pod[]): ReadonlyMap<string, string> {
  const found = pods.flatMap(({ spec, status }) => {
    const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
    return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].flatMap(({ name, image }) => {
      const id = statuses.find((each) => each.name === name)?.imageID
      return image === undefined || id === undefined || id === '' ? [] : [[image, id] as const]
    })
  })
  return new Map(found)
}

/** A node knows what came from a registry by the digest there, and anything else by a digest of its own. */
function identityOf(reference: string, id: string | undefined): Pick<ImageRecord, 'digest' | 'imageId'> {
  const digest = id?.slice(id.lastIndexOf('sha256:'))
  if (id === undefined || digest === undefined || !id.includes('sha256:')) return {}
  const isOfRegistry = id.includes('@') && readReference(id.replace(/^[a-z-]+:\/\//, '')).repository === readReference(reference).repository
  return isOfRegistry ? { digest } : { imageId: digest }
}
