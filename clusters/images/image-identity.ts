import type { ImageRecord } from '../../contract/cluster-record.ts'
import { askEngine } from '../machine/container-engine.ts'

/** Image ID and digest of a reference in the local engine; undefined when it has no such image. */
export async function imageIdentity(reference: string): Promise<Pick<ImageRecord, 'imageId' | 'digest'> | undefined> {
  const found = await askEngine(['image', 'inspect', '--format', '{{json .}}', reference])
  return found === undefined ? undefined : readIdentity(found, reference)
}

/**
 * Reads what `docker image inspect` says of an image. Some engines give what was built a digest too, which no registry knows. What was
 * pulled from a public registry because a mirror lacks it has the digest of the former.
 */
export function readIdentity(text: string, reference: string): Pick<ImageRecord, 'imageId' | 'digest'> {
  const { Id, RepoDigests } = JSON.parse(text) as { readonly Id: string; readonly RepoDigests?: readonly string[] | null }
  if (reference.startsWith('holdfast.local/')) return { imageId: Id }
  const known = RepoDigests?.find((each) => repositoryOf(each) === repositoryOf(reference)) ?? RepoDigests?.[0]
  return { imageId: Id, ...(known !== undefined && { digest: known.slice(known.indexOf('@') + 1) }) }
}

/** The engine leaves out the host and the folder of Docker Hub's own images. */
function repositoryOf(reference: string): string {
  const name = reference.split('@')[0] ?? reference
  return name
    .replace(/:[^:/]+$/, '')
    .replace(/^docker\.io\//, '')
    .replace(/^library\//, '')
}
