import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { kubernetesReleases, releaseOf } from '../../clusters/images/kubernetes-release.ts'
import { defaultKubernetes } from '../../clusters/images/versions.ts'
import { projectRoot } from '../shell/project-root.ts'
import { requireRelease } from './kubernetes-version.ts'

test.each(kubernetesReleases)('$minor is $kubernetes, however it is written', ({ minor, kubernetes }) => {
  expect([minor, `v${minor}`, kubernetes, kubernetes.slice(1)].map(requireRelease)).toEqual(Array.from({ length: 4 }, () => kubernetes))
})

const pinned = releaseOf().kubernetes
const unpinned = `${pinned.slice(1)}9`

test.each([
  [unpinned, `Holdfast cannot create a cluster of Kubernetes ${unpinned}; the nearest it has: ${pinned}.`],
  ['1.2', `Holdfast cannot create a cluster of Kubernetes 1.2; the nearest it has: ${firstTwo(kubernetesReleases)}.`],
  ['v1.99.0', `Holdfast cannot create a cluster of Kubernetes v1.99.0; the nearest it has: ${firstTwo(kubernetesReleases.toReversed())}.`],
  ['newest', `Holdfast cannot create a cluster of Kubernetes newest; the nearest it has: ${pinned}`],
])('%s is refused with the nearest', (text, sentence) => {
  expect(() => requireRelease(text)).toThrow(sentence)
})

test('README.md lists every release, and says which is the default', () => {
  const rows = readFileSync(join(projectRoot, 'README.md'), 'utf8').matchAll(/^\| (1\.\d+) +\| (v\S+) +\| (.*?) +\|$/gm)
  const isDefault = (minor: string) => (minor === defaultKubernetes ? 'what a cluster has unless you choose' : '')
  expect(Array.from(rows, ([, minor, release, note]) => [minor, release, note?.trim()])).toEqual(
    kubernetesReleases.map((each) => [each.minor, each.kubernetes, isDefault(each.minor)]),
  )
})

function firstTwo(releases: typeof kubernetesReleases): string {
  return releases
    .slice(0, 2)
    .map(({ kubernetes }) => kubernetes)
    .join(', ')
}
