import { findRelease, kubernetesReleases, nearestReleases } from '../../clusters/images/kubernetes-release.ts'
import { UsageError } from '../shell/usage-error.ts'

/**
 * The patch release that a minor or a patch names. Throws a `UsageError` with the nearest ones for a version that Holdfast does not have.
 */
export function requireRelease(text: string): string {
  const found = findRelease(text)
  if (found !== undefined) return found.kubernetes
  throw new UsageError(`Holdfast cannot create a cluster of Kubernetes ${text}; the nearest it has: ${nearestReleases(text).join(', ')}.`, {
    fix: `Choose from ${kubernetesReleases.map(({ minor }) => minor).join(', ')}, or add it as CONTRIBUTING.md describes.`,
  })
}
