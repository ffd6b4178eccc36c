import { type ImageDefinition, localPathImage } from './catalogue.ts'
import { versions } from './versions.ts'

/** Server and client of a network file system. */
export const glusterfsImage: ImageDefinition = {
  name: 'glusterfs',
  version: versions.glusterfs,
  recipe: { by: 'dockerfile', directory: 'glusterfs', on: 'tools' },
}

/** Images that go into the nodes of a stranger only, and into no node image. */
export const strangerImages: readonly ImageDefinition[] = [localPathImage, glusterfsImage]
