import type { Condition } from './known-failure.ts'
import { contains } from './pattern.ts'
import { isInRange } from './version-range.ts'

/** What conditions look at: the cluster of a report, or of a run that goes on. */
export interface Platform {
  readonly versions: Readonly<Record<string, string>>
  readonly driver: string
  readonly profile: string
  readonly features: readonly string[]
  /** Absent in reports of before November 30, 2026. */
  readonly storageClass?: string | undefined
  /** The driver as it was installed, where the user brought it. */
  readonly subject?: { readonly name: string; readonly version: string } | undefined
}

/** Why a condition does not hold on a platform, as the end of a sentence; undefined when it does. */
export function whyNotHere(when: Condition | undefined, platform: Platform): string | undefined {
  const { kubernetes, driver, subject, storageClass, profile, features = [], lacking = [] } = when ?? {}
  const found = platform.versions['kubernetes']
  const installed = platform.subject === undefined ? undefined : `${platform.subject.name} ${platform.subject.version}`
  const missing = features.filter((feature) => !platform.features.includes(feature))
  const present = lacking.filter((feature) => platform.features.includes(feature))
  if (kubernetes !== undefined && (found === undefined || !isInRange(found, kubernetes)))
    return `it is for Kubernetes ${kubernetes}, and this is ${found ?? 'unknown'}`
  if (driver !== undefined && driver !== platform.driver) return `it is for the driver ${driver}, and this is ${platform.driver}`
  if (subject !== undefined && (installed === undefined || !contains(installed, subject)))
    return `it is for the installed driver ${subject}, and ${installed === undefined ? 'none was installed' : `this is ${installed}`}`
  if (storageClass !== undefined && storageClass !== platform.storageClass)
    return `it is for the StorageClass ${storageClass}, and this is ${platform.storageClass ?? 'unknown'}`
  if (profile !== undefined && profile !== platform.profile)
    return `it is for clusters of profile ${profile}, and this is ${platform.profile}`
  if (missing.length > 0) return `it is for clusters with ${missing.join(', ')}, which this one lacks`
  if (present.length > 0) return `it is for clusters without ${present.join(', ')}, which this one has`
  return undefined
}
