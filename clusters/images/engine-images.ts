import { askEngine, engineLines } from '../machine/container-engine.ts'
import { clusterBeingMade } from '../machine/cluster-parts.ts'

/** Label that carries the content hash of what a built image was made from. */
export const contentLabel = 'dev.holdfast.content'

/** Id of an image in the engine, `sha256:…`, or undefined when it is not there. */
export async function imageId(reference: string): Promise<string | undefined> {
  return await askEngine(['image', 'inspect', '--format', '{{.Id}}', reference])
}

/** A younger image may be one that another checkout has just built and is about to use. */
const youngMinutes = 60

/**
 * Removes images of ours that carry the name but none of the references: what an older content left behind. Images in use stay, and so do
 * young ones, and all of them while another process makes a cluster: it has looked at its images and not used them yet.
 */
export async function removeOlder(name: string, kept: ReadonlySet<string>): Promise<void> {
  const older: string[] = []
  for (const each of await engineLines(['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', `holdfast.local/${name}`])) {
    if (!kept.has(each) && !(await isYoung(each))) older.push(each)
  }
  if (older.length === 0 || (await clusterBeingMade())) return
  await askEngine(['image', 'rm', ...older])
}

async function isYoung(reference: string): Promise<boolean> {
  const tagged = await askEngine(['image', 'inspect', '--format', '{{json .Metadata.LastTagTime}}', reference])
  const at = Date.parse(String(JSON.parse(tagged ?? '""')))
  return Number.isNaN(at) || Date.now() - at < youngMinutes * 60_000
}
