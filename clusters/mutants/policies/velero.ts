import { remove, replaceOrAdd, type Policy } from '../policy.ts'

const newBackups = { apiGroup: 'velero.io', resource: 'backups', operations: ['CREATE'] } as const
const newRestores = { apiGroup: 'velero.io', resource: 'restores', operations: ['CREATE'] } as const
const newSchedules = { apiGroup: 'velero.io', resource: 'schedules', operations: ['CREATE'] } as const

/** Admission policies that change what Velero is asked for. */
export const veleroPolicies = {
  'backup-selector-dropped': {
    description: 'The API server forgets by which labels a Backup selects.',
    ...newBackups,
    when: 'has(object.spec.labelSelector)',
    patch: remove('/spec/labelSelector'),
  },
  'backup-exclusions-dropped': {
    description: 'The API server forgets which resources a Backup leaves out.',
    ...newBackups,
    when: 'has(object.spec.excludedResources)',
    patch: remove('/spec/excludedResources'),
  },
  'restore-selector-dropped': {
    description: 'The API server forgets by which labels a Restore selects.',
    ...newRestores,
    when: 'has(object.spec.labelSelector)',
    patch: remove('/spec/labelSelector'),
  },
  'restore-exclusions-dropped': {
    description: 'The API server forgets which resources a Restore leaves out.',
    ...newRestores,
    when: 'has(object.spec.excludedResources)',
    patch: remove('/spec/excludedResources'),
  },
  'pods-not-restored': {
    description: 'The API server stores every Restore as one that leaves Pods out.',
    ...newRestores,
    patch: replaceOrAdd('/spec/excludedResources', '["pods"]'),
  },
  'hooks-dropped': {
    description: 'The API server forgets the hooks of a Backup.',
    ...newBackups,
    when: 'has(object.spec.hooks)',
    patch: remove('/spec/hooks'),
  },
  'restore-hooks-dropped': {
    description: 'The API server forgets the hooks of a Restore.',
    ...newRestores,
    when: 'has(object.spec.hooks)',
    patch: remove('/spec/hooks'),
  },
  'volume-policies-dropped': {
    description: 'The API server forgets by which policies a Backup treats volumes.',
    ...newBackups,
    when: 'has(object.spec.resourcePolicy)',
    patch: remove('/spec/resourcePolicy'),
  },
  'snapshots-moved-unasked': {
    description: 'The API server stores every Backup that does not speak of it as one that moves the data of its snapshots.',
    ...newBackups,
    when: '!has(object.spec.snapshotMoveData)',
    patch: replaceOrAdd('/spec/snapshotMoveData', 'true'),
  },
  'backup-kept-longer': {
    description: 'The API server stores every Backup with a time to live of 30 days.',
    ...newBackups,
    patch: replaceOrAdd('/spec/ttl', '"720h0m0s"'),
  },
  'location-defaulted': {
    description: 'The API server forgets where a Backup is to be stored, so that it goes to the default location.',
    ...newBackups,
    patch: [replaceOrAdd('/spec/storageLocation', '""'), replaceOrAdd('/spec/volumeSnapshotLocations', '[]')].join(', '),
  },
  'snapshots-forced': {
    description: 'The API server forgets that a Backup is to take no snapshots.',
    ...newBackups,
    when: 'has(object.spec.snapshotVolumes)',
    patch: remove('/spec/snapshotVolumes'),
  },
  'restore-updates-existing': {
    description: 'The API server stores every Restore as one that updates what exists.',
    ...newRestores,
    patch: replaceOrAdd('/spec/existingResourcePolicy', '"update"'),
  },
  'restore-spares-existing': {
    description: 'The API server stores every Restore as one that leaves what exists alone.',
    ...newRestores,
    patch: replaceOrAdd('/spec/existingResourcePolicy', '"none"'),
  },
  'schedules-of-every-minute': {
    description: 'The API server stores every Schedule as one of every minute.',
    ...newSchedules,
    patch: replaceOrAdd('/spec/schedule', '"* * * * *"'),
  },
  'schedules-made-invalid': {
    description: 'The API server stores every Schedule with a time that there is not.',
    ...newSchedules,
    patch: replaceOrAdd('/spec/schedule', '"0 25 * * *"'),
  },
  'pause-ignored': {
    description: 'The API server stores a Schedule that is being paused as one that goes on.',
    apiGroup: 'velero.io',
    resource: 'schedules',
    operations: ['UPDATE'],
    when: 'has(object.spec.paused) && object.spec.paused',
    patch: replaceOrAdd('/spec/paused', 'false'),
  },
  'read-only-lifted': {
    description: 'The API server stores every change of a BackupStorageLocation with access mode ReadWrite.',
    apiGroup: 'velero.io',
    resource: 'backupstoragelocations',
    operations: ['UPDATE'],
    patch: replaceOrAdd('/spec/accessMode', '"ReadWrite"'),
  },
} as const satisfies Readonly<Record<string, Policy>>
