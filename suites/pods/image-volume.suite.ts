import { expect } from 'vitest'
import {
  conformance,
  directoryOfPvc,
  fileIn,
  imagePod,
  ownProgramDirectory,
  podReady,
  requestDenied,
  treesEqual,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pods/image-volume',
    statement: 'A Pod can mount an image as a volume. It finds the files of the image there, and cannot write to it.',
    level: 'MAY',
    source: { page: 'concepts/storage/volumes/', section: 'image' },
    requires: [],
    mutants: ['images-not-mounted'],
    proves: { 'pod.image-volume': { content: ['mounted', 'files-of-image'], 'read-only': 'refused' } },
    since: '1.35',
    gate: 'ImageVolume',
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const inVolume = `${directoryOfPvc('image')}${ownProgramDirectory}`
    const mounted = volumeIn('reader', { namespace, measure }, inVolume)
    const own = volumeIn('reader', { namespace, measure }, ownProgramDirectory)
    const pods = await observe.pods()

    await namespace.apply(imagePod('reader', { cluster }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady, as: 'mounted' })
    const attempt = await fileIn('reader', { namespace, measure }, `${inVolume}/new`).tryToMake('file in the image')

    const expected = await own.readTree('of its container')
    const actual = await mounted.readTree('of its volume')
    await expect(history).toUphold(treesEqual({ expected, actual }), { as: 'files-of-image' })
    await expect(history).toUphold(requestDenied({ attempt }), { as: 'refused' })
  },
)
