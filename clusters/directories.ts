import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** Root of the checkout. */
export const projectRoot = dirname(import.meta.dirname)

function base(variable: string, fallback: string): string {
  const set = process.env[variable]
  return join(set === undefined || set === '' ? join(homedir(), fallback) : set, 'holdfast')
}

/** Directory of built binaries and build logs, kept between runs. */
export function cacheDirectory(...below: readonly string[]): string {
  return join(base('XDG_CACHE_HOME', '.cache'), ...below)
}

/** Directory of the state of live clusters. */
export function stateDirectory(...below: readonly string[]): string {
  return join(base('XDG_STATE_HOME', '.local/state'), ...below)
}

/** The directory of one cluster: `cluster.json`, `kubeconfig`, `kubectl`, `owner.json`, `volumes/`, `logs/`, `audit/`. */
export function clusterDirectory(name: string, ...below: readonly string[]): string {
  return stateDirectory('clusters', name, ...below)
}

/** Mount path of a cluster's directory `volumes` in every node. */
export const volumesInNode = '/var/lib/holdfast/volumes'
