import { type BackupOf, type BackupSpec, templateOf, withSnapshotClass } from '../backup/backup.ts'

/** What a Schedule is asked for. See https://velero.io/docs/main/api-types/schedule/ */
export interface ScheduleSpec {
  /** Cron expression, or `@every 10s`. */
  readonly schedule: string
  readonly template: BackupSpec
  readonly paused?: boolean
  readonly skipImmediately?: boolean
  readonly useOwnerReferencesInBackup?: boolean
}

/** Builds a Schedule of Backups of one namespace, each as `backup` builds them. */
export function schedule(name: string, options: BackupOf & Omit<ScheduleSpec, 'template'> & { readonly template?: BackupSpec }) {
  const { cluster, namespace, template, ...spec } = options
  return {
    apiVersion: 'velero.io/v1',
    kind: 'Schedule',
    // A Schedule hands its annotations on to its Backups.
    metadata: { name, annotations: withSnapshotClass(cluster) },
    spec: { ...spec, template: templateOf({ cluster, namespace, ...template }) },
  } as const
}
