import type { NeededImage } from '../../clusters/index.ts'
import { isOnlyInRegistries } from '../../clusters/images/backup-images.ts'

/** Where the engine of this machine would get an image. */
export function sourceOnThisMachine({ name, from }: Pick<NeededImage, 'name' | 'from'>): string {
  if (from === 'present') return 'the container engine of this machine'
  if (from !== 'pulled') return 'a build on this machine'
  return isOnlyInRegistries(name) ? 'its registry: it cannot be built' : 'its registry, or a build where none answers'
}
