import type { ExecHook, HookedResources, Labelled } from '../hooks.ts'
import { timeouts } from '../timeouts.ts'

/** What a Restore is asked for, as far as suites ask. See https://velero.io/docs/main/api-types/restore/ */
export interface RestoreSpec {
  readonly backupName?: string
  readonly scheduleName?: string
  readonly includedNamespaces?: readonly string[]
  readonly excludedNamespaces?: readonly string[]
  readonly includedResources?: readonly string[]
  readonly excludedResources?: readonly string[]
  /** Where the objects of each namespace go; those of others stay where they were. */
  readonly namespaceMapping?: Readonly<Record<string, string>>
  readonly labelSelector?: Labelled
  readonly orLabelSelectors?: readonly Labelled[]
  readonly includeClusterResources?: boolean
  readonly restorePVs?: boolean
  readonly existingResourcePolicy?: 'none' | 'update'
  readonly itemOperationTimeout?: string
  readonly resourceModifier?: { readonly kind: string; readonly name: string }
  readonly uploaderConfig?: { readonly writeSparseFiles?: boolean }
  readonly hooks?: HookedResources<{ readonly postHooks?: readonly ExecHook[] }>
}

/** Builds a Restore. */
export function restore(name: string, spec: RestoreSpec) {
  const { itemOperationTimeout } = timeouts
  return { apiVersion: 'velero.io/v1', kind: 'Restore', metadata: { name }, spec: { itemOperationTimeout, ...spec } } as const
}
