import { execa } from 'execa'

/** Label that carries the content hash of what a built image was made from. */
export const contentLabel = 'dev.holdfast.content'

/** Id of an image in the engine, `sha256:…`, or undefined when it is not there. */
export async function imageId(reference: string): Promise<string | undefined> {
  const found = await execa('docker', ['image', 'inspect', '--format', '{{.Id}}', reference], { reject: false })
  return found.failed ? undefined : found.stdout.trim()
}

/** Removes images of ours that carry the name but not the reference: what an older content left behind. Images in use stay. */
export async function removeOlder(name: string, reference: string): Promise<void> {
  const { stdout } = await execa('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', `holdfast.local/${name}`])
  const older = stdout.split('\n').filter((line) => line !== '' && line !== reference)
  if (older.length > 0) await execa('docker', ['image', 'rm', ...older], { reject: false })
}
