import { existsSync, readFileSync } from 'node:fs'
import { clusterDirectory } from '../directories.ts'
import type { Profile } from '../images/plan.ts'

/** Profile of a cluster that `holdfast up` made; undefined where there is no such cluster. */
export function profileOfKept(name: string): Profile | undefined {
  const path = clusterDirectory(name, 'cluster.json')
  if (!existsSync(path)) return undefined
  const { profile } = JSON.parse(readFileSync(path, 'utf8')) as { readonly profile: string }
  return profile === 'velero' ? 'velero' : 'default'
}
