import type { Trigger } from './injectors.ts'

/** A mutant that is a BackupStorageLocation which does not keep its promise. */
interface FaultyLocation {
  readonly description: string
  /** Name of the BackupStorageLocation. */
  readonly location: string
  /** What shows that it took effect: a Backup in the location, or what was done to its store. */
  readonly effect: 'backup-in-location' | 'injection'
  /** When its object store is made to fail; absent where the location fails by itself. */
  readonly trigger?: Trigger
  /** It changes something for the whole cluster. */
  readonly alone?: true
}

/** Every mutant with a BackupStorageLocation of its own. */
export const locations = {
  'location-wrong-credentials': {
    location: 'wrong-credentials',
    effect: 'backup-in-location',
    description: 'The BackupStorageLocation has a wrong secret key, so that its object store refuses every request.',
  },
  'store-goes-down': {
    location: 'store-goes-down',
    effect: 'injection',
    trigger: 'store',
    alone: true,
    description:
      'The object store behind the BackupStorageLocation is killed while a Backup is in progress, and stays down until the guarantee is over.',
  },
} as const satisfies Readonly<Record<string, FaultyLocation>>

/** Name of a mutant with a BackupStorageLocation of its own. */
export type LocationName = keyof typeof locations

/** BackupStorageLocation of each of these mutants. */
export const faultyLocations: Readonly<Record<LocationName, string>> = {
  'location-wrong-credentials': locations['location-wrong-credentials'].location,
  'store-goes-down': locations['store-goes-down'].location,
}
