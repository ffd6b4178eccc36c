import { isDeepStrictEqual } from 'node:util'
import { SetupError } from '../setup-error.ts'
import { groupOf, type PlacedManifest, titleOf, valueAt } from './manifest.ts'

/** When Helm would apply a hook of an installation. Others belong to its tests, to upgrades and to the end. */
const atInstallation = /^(?:pre|post)-install$|^crd-install$/

/** Objects that are installed, and what is left out of them, in sentences. */
export interface Kept {
  readonly manifests: readonly PlacedManifest[]
  readonly notes: readonly string[]
}

/** Leaves out what Helm applies at another time: `helm template` prints it among the rest. */
export function withoutHooks(manifests: readonly PlacedManifest[]): Kept {
  const isKept = ({ manifest }: PlacedManifest) => {
    const hook = manifest.metadata?.annotations?.['helm.sh/hook']
    return hook === undefined || hook.split(',').some((each) => atInstallation.test(each.trim()))
  }
  const left = manifests.filter((each) => !isKept(each))
  return {
    manifests: manifests.filter(isKept),
    notes: left.map(({ manifest }) => {
      const hook = manifest.metadata?.annotations?.['helm.sh/hook'] ?? ''
      return `${titleOf(manifest)} is left out: it is a hook of Helm (${hook}).`
    }),
  }
}

/** Each object once. Throws a `SetupError` for one that is written twice and not the same. */
export function distinct(manifests: readonly PlacedManifest[]): readonly PlacedManifest[] {
  const known = new Map<string, PlacedManifest>()
  for (const each of manifests) {
    const { manifest, place } = each
    const key = `${groupOf(manifest)} ${titleOf(manifest)}`
    const former = known.get(key)
    if (former === undefined) known.set(key, each)
    else if (!isDeepStrictEqual(former.manifest, manifest)) {
      throw new SetupError(`${titleOf(manifest)} is written in ${former.place} and, differently, in ${place}.`, {
        fix: 'Leave out one of them.',
      })
    }
  }
  return [...known.values()]
}

/** Namespaces that every cluster has. */
const ofEveryCluster = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease'])

/** The objects, with the namespaces that they are in and that nothing makes: `helm template` prints none. */
export function withNamespaces(manifests: readonly PlacedManifest[]): Kept {
  const made = new Set(
    manifests.filter(({ manifest }) => manifest.kind === 'Namespace').map(({ manifest }) => manifest.metadata?.name ?? ''),
  )
  const needed = manifests.flatMap(({ manifest }) => valueAt(manifest, 'metadata', 'namespace') ?? [])
  const names = [...new Set(needed)].filter((name): name is string => typeof name === 'string')
  const missing = names.filter((name) => !made.has(name) && !ofEveryCluster.has(name))
  const added = missing.map((name): PlacedManifest => ({
    manifest: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    place: 'Holdfast',
  }))
  return {
    manifests: [...added, ...manifests],
    notes: missing.map((name) => `Namespace ${name} is made, because no manifest makes it.`),
  }
}
