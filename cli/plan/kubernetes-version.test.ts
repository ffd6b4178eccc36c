import { expect, test } from 'vitest'
import { kubernetesReleases, releaseOf } from '../../clusters/images/kubernetes-release.ts'
import { requireRelease } from './kubernetes-version.ts'

test.each(kubernetesReleases)('$minor is $kubernetes, however it is written', ({ minor, kubernetes }) => {
  expect([minor, `v${minor}`, kubernetes, kubernetes.slice(1)].map(requireRelease)).toEqual(Array.from({ length: 4 }, () => kubernetes))
})

const { kubernetes } = releaseOf()
const unpinned = `${kubernetes.slice(1)}9`

test.each([
  [unpinned, `Holdfast cannot create a cluster of Kubernetes ${unpinned}; the nearest it has: ${kubernetes}.`],
  ['1.2', `Holdfast cannot create a cluster of Kubernetes 1.2; the nearest it has: ${firstTwo(kubernetesReleases)}.`],
  ['v1.99.0', `Holdfast cannot create a cluster of Kubernetes v1.99.0; the nearest it has: ${firstTwo(kubernetesReleases.toReversed())}.`],
  ['newest', `Holdfast cannot create a cluster of Kubernetes newest; the nearest it has: ${kubernetes}`],
])('%s is refused with the nearest', (text, sentence) => {
  expect(() => requireRelease(text)).toThrow(sentence)
})

function firstTwo(releases: typeof kubernetesReleases): string {
  return releases
    .slice(0, 2)
    .map(({ kubernetes }) => kubernetes)
    .join(', ')
}
