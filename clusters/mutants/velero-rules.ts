import { remove, replaceOrAdd, type Rule } from './rule.ts'

const backups = { apiGroup: 'velero.io', resource: 'backups', operations: ['CREATE'] } as const
const restores = { apiGroup: 'velero.io', resource: 'restores', operations: ['CREATE'] } as const

/** What mutants of backups change: what Velero is asked for. */
export const veleroRules = {
  'backup-selector-dropped': {
    ...backups,
    when: 'has(object.spec.labelSelector)',
    patch: remove('/spec/labelSelector'),
  },
  'backup-exclusions-dropped': {
    ...backups,
    when: 'has(object.spec.excludedResources)',
    patch: remove('/spec/excludedResources'),
  },
  'restore-selector-dropped': {
    ...restores,
    when: 'has(object.spec.labelSelector)',
    patch: remove('/spec/labelSelector'),
  },
  'restore-exclusions-dropped': {
    ...restores,
    when: 'has(object.spec.excludedResources)',
    patch: remove('/spec/excludedResources'),
  },
  'pods-not-restored': { ...restores, patch: replaceOrAdd('/spec/excludedResources', '["pods"]') },
  'hooks-dropped': { ...backups, when: 'has(object.spec.hooks)', patch: remove('/spec/hooks') },
  'snapshots-moved-unasked': {
    ...backups,
    when: '!has(object.spec.snapshotMoveData)',
    patch: replaceOrAdd('/spec/snapshotMoveData', 'true'),
  },
  'backup-kept-longer': { ...backups, patch: replaceOrAdd('/spec/ttl', '"720h0m0s"') },
  'location-defaulted': {
    ...backups,
    patch: [replaceOrAdd('/spec/storageLocation', '""'), replaceOrAdd('/spec/volumeSnapshotLocations', '[]')].join(', '),
  },
  'snapshots-forced': { ...backups, when: 'has(object.spec.snapshotVolumes)', patch: remove('/spec/snapshotVolumes') },
  'restore-updates-existing': { ...restores, patch: replaceOrAdd('/spec/existingResourcePolicy', '"update"') },
  'restore-spares-existing': { ...restores, patch: replaceOrAdd('/spec/existingResourcePolicy', '"none"') },
  'pause-ignored': {
    apiGroup: 'velero.io',
    resource: 'schedules',
    operations: ['UPDATE'],
    when: 'has(object.spec.paused) && object.spec.paused',
    patch: replaceOrAdd('/spec/paused', 'false'),
  },
  'read-only-lifted': {
    apiGroup: 'velero.io',
    resource: 'backupstoragelocations',
    operations: ['UPDATE'],
    patch: replaceOrAdd('/spec/accessMode', '"ReadWrite"'),
  },
} as const satisfies Readonly<Record<string, Rule>>
