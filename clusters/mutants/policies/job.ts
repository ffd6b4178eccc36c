import { remove, replaceOrAdd, type Policy, type Change } from '../policy.ts'

const container = 'object.spec.template.spec.containers[0]'
const newJobs = { apiGroup: 'batch', resource: 'jobs', operations: ['CREATE'], when: `has(${container}.command)` } as const
const newCronJobs = { apiGroup: 'batch', resource: 'cronjobs', operations: ['CREATE'] } as const

/** Changes the script of every Job, which is the third word of its command, to what a CEL expression makes of it. */
function rewritten(change: (script: string) => string): Change {
  const path = '/spec/template/spec/containers/0/command/2'
  return { ...newJobs, patch: `JSONPatch{op: "replace", path: "${path}", value: ${change(`${container}.command[2]`)}}` }
}

/** Begins the script of every Job with some lines. */
function begunWith(lines: string): Change {
  return rewritten((script) => `${JSON.stringify(`${lines}\n`)} + ${script}`)
}

/** Replaces a text in the script of every Job. */
function replaced(text: string, by: string): Change {
  return rewritten((script) => `${script}.replace(${JSON.stringify(text)}, ${JSON.stringify(by)})`)
}

/** Admission policies that change Jobs and CronJobs: their scripts, and when they run. */
export const jobPolicies = {
  'scripts-made-strict': {
    description: 'The API server lets the script of every Job end at its first failure.',
    ...begunWith('set -euo pipefail'),
  },
  'scripts-made-lax': {
    description: 'The API server lets the script of every Job go on after a failure.',
    ...replaced('set -euo pipefail', ':'),
  },
  'uploads-swallowed': {
    description: 'The API server gives the script of every Job a curl that uploads nothing and says that it did.',
    ...begunWith('curl() { case " $* " in *" --upload-file "*) ;; *) command curl "$@" ;; esac; }'),
  },
  'dumps-cut-short': {
    description: 'The API server gives the script of every Job a pg_dump that writes no more than 3 kB and says that it wrote all.',
    ...begunWith('pg_dump() { command pg_dump "$@" | { head -c 3000; cat > /dev/null; }; }'),
  },
  'restore-failures-swallowed': {
    description: 'The API server gives the script of every Job a gzip and a psql that report success when they failed.',
    ...begunWith('gzip() { command gzip "$@" || true; }; psql() { command psql "$@" || true; }'),
  },
  'tables-dumped-apart': {
    description: 'The API server gives the script of every Job a pg_dump and a mariadb-dump that dump one table after the other.',
    ...begunWith(
      'mariadb-dump() { command mariadb-dump "$@" --ignore-table app.total; sleep 1; command mariadb-dump "${@/#--databases/--skip-triggers}" total; }\n' +
        'pg_dump() { if [ "$PGDATABASE" = counter ]; then command pg_dump --table counter; sleep 1; command pg_dump --table total; else command pg_dump; fi; }',
    ),
  },
  'backups-announced': {
    description: 'The API server lets the script of a Job that copies the files of a server tell the server of it.',
    ...replaced('copy=just_so', 'copy=as_a_backup'),
  },
  'backups-unannounced': {
    description: 'The API server lets the script of a Job that copies the files of a server do so without a word to the server.',
    ...replaced('copy=as_a_backup', 'copy=just_so'),
  },
  'pruned-a-day-early': {
    description: 'The API server lets the script of every Job prune files a day earlier.',
    ...replaced('-mtime +7', '-mtime +6'),
  },
  'snapshots-never-deleted': {
    description: 'The API server gives the script of every Job a kubectl that deletes nothing and says that it did.',
    ...begunWith('kubectl() { [ "$1" = delete ] || command kubectl "$@"; }'),
  },
  'jobs-do-nothing': {
    description: 'The API server gives every Job a script that does nothing and ends well.',
    ...begunWith('exit 0'),
  },
  'job-pods-never-restarted': {
    description: 'The API server stores every Job with Pods that are never restarted.',
    ...newJobs,
    patch: replaceOrAdd('/spec/template/spec/restartPolicy', '"Never"'),
  },
  'overlap-allowed': {
    description: 'The API server stores every CronJob with concurrencyPolicy Allow.',
    ...newCronJobs,
    patch: replaceOrAdd('/spec/concurrencyPolicy', '"Allow"'),
  },
  'overlap-forbidden': {
    description: 'The API server stores every CronJob with concurrencyPolicy Forbid.',
    ...newCronJobs,
    patch: replaceOrAdd('/spec/concurrencyPolicy', '"Forbid"'),
  },
  'time-zone-dropped': {
    description: 'The API server forgets the time zone of every CronJob.',
    ...newCronJobs,
    when: 'has(object.spec.timeZone)',
    patch: remove('/spec/timeZone'),
  },
  'minutes-and-hours-swapped': {
    description: 'The API server swaps minutes and hours in the schedule of every CronJob.',
    ...newCronJobs,
    patch: replaceOrAdd('/spec/schedule', 'object.spec.schedule.split(" ")[1] + " " + object.spec.schedule.split(" ")[0] + " * * *"'),
  },
} as const satisfies Readonly<Record<string, Policy>>
