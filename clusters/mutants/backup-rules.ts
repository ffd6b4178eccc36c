import { className } from '../profiles/default-profile.ts'
import { remove, replaceOrAdd, type Rule } from './rule.ts'

const container = 'object.spec.template.spec.containers[0]'
const changedJobs = { apiGroup: 'batch', resource: 'jobs', operations: ['CREATE'], when: `has(${container}.command)` } as const
const changedCronJobs = { apiGroup: 'batch', resource: 'cronjobs', operations: ['CREATE'] } as const
const changedClaims = { apiGroup: '', resource: 'persistentvolumeclaims', operations: ['CREATE'] } as const

/** Changes the script of every Job, which is the third word of its command, to what a CEL expression makes of it. */
function rewritten(change: (script: string) => string): Rule {
  const path = '/spec/template/spec/containers/0/command/2'
  return { ...changedJobs, patch: `JSONPatch{op: "replace", path: "${path}", value: ${change(`${container}.command[2]`)}}` }
}

/** Begins the script of every Job with some lines. */
function begunWith(lines: string): Rule {
  return rewritten((script) => `${JSON.stringify(`${lines}\n`)} + ${script}`)
}

/** Replaces a text in the script of every Job. */
function replaced(text: string, by: string): Rule {
  return rewritten((script) => `${script}.replace(${JSON.stringify(text)}, ${JSON.stringify(by)})`)
}

/** What mutants of backups change: the scripts of Jobs and how they are run, schedules, and the claims that backups are made of. */
export const backupRules = {
  'scripts-made-strict': begunWith('set -euo pipefail'),
  'scripts-made-lax': replaced('set -euo pipefail', ':'),
  'uploads-swallowed': begunWith('curl() { case " $* " in *" --upload-file "*) ;; *) command curl "$@" ;; esac; }'),
  'dumps-cut-short': begunWith('pg_dump() { command pg_dump "$@" | { head -c 3000; cat > /dev/null; }; }'),
  'restore-failures-swallowed': begunWith('gzip() { command gzip "$@" || true; }; psql() { command psql "$@" || true; }'),
  'tables-dumped-apart': begunWith(
    'pg_dump() { if [ "$PGDATABASE" = counter ]; then command pg_dump --table counter; sleep 1; command pg_dump --table total; else command pg_dump; fi; }',
  ),
  'backups-announced': replaced('copy=just_so', 'copy=as_a_backup'),
  'backups-unannounced': replaced('copy=as_a_backup', 'copy=just_so'),
  'pruned-a-day-early': replaced('-mtime +7', '-mtime +6'),
  'snapshots-never-deleted': begunWith('kubectl() { [ "$1" = delete ] || command kubectl "$@"; }'),
  'job-pods-never-restarted': { ...changedJobs, patch: replaceOrAdd('/spec/template/spec/restartPolicy', '"Never"') },
  'overlap-allowed': { ...changedCronJobs, patch: replaceOrAdd('/spec/concurrencyPolicy', '"Allow"') },
  'overlap-forbidden': { ...changedCronJobs, patch: replaceOrAdd('/spec/concurrencyPolicy', '"Forbid"') },
  'time-zone-dropped': { ...changedCronJobs, when: 'has(object.spec.timeZone)', patch: remove('/spec/timeZone') },
  'minutes-and-hours-swapped': {
    ...changedCronJobs,
    patch: replaceOrAdd('/spec/schedule', 'object.spec.schedule.split(" ")[1] + " " + object.spec.schedule.split(" ")[0] + " * * *"'),
  },
  'claims-shared': { ...changedClaims, patch: replaceOrAdd('/spec/accessModes', '["ReadWriteMany"]') },
  'claims-for-one-pod': { ...changedClaims, patch: replaceOrAdd('/spec/accessModes', '["ReadWriteOncePod"]') },
  'file-system-ignored': { ...changedClaims, patch: replaceOrAdd('/spec/storageClassName', `"${className}"`) },
  'snapshot-class-ignored': {
    apiGroup: 'snapshot.storage.k8s.io',
    resource: 'volumesnapshots',
    operations: ['CREATE'],
    patch: replaceOrAdd('/spec/volumeSnapshotClassName', `"${className}"`),
  },
  'aws-command-added': {
    apiGroup: '',
    resource: 'pods',
    operations: ['CREATE'],
    patch: replaceOrAdd(
      '/spec/containers/0/lifecycle',
      'Object.spec.containers.lifecycle{postStart: Object.spec.containers.lifecycle.postStart{exec: ' +
        'Object.spec.containers.lifecycle.postStart.exec{command: ["ln", "-s", "/bin/true", "/usr/local/bin/aws"]}}}',
    ),
  },
  'password-given': {
    apiGroup: '',
    resource: 'pods',
    operations: ['CREATE'],
    when: 'has(object.spec.containers[0].env)',
    patch: replaceOrAdd('/spec/containers/0/env/-', 'Object.spec.containers.env{name: "POSTGRES_PASSWORD", value: "given"}'),
  },
  'commits-not-flushed': {
    apiGroup: '',
    resource: 'pods',
    operations: ['CREATE'],
    when: 'object.spec.containers[0].name == "postgres"',
    patch: replaceOrAdd('/spec/containers/0/args', 'object.spec.containers[0].args + ["-c", "fsync=off"]'),
  },
} as const satisfies Readonly<Record<string, Rule>>
