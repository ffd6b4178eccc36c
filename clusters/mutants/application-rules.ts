import { remove, replaceOrAdd, type Rule } from './rule.ts'

const container = 'object.spec.containers[0]'
const changedPods = { apiGroup: '', resource: 'pods', operations: ['CREATE'] } as const

/** What an init container does so that each PostgreSQL server but that of ordinal 0 is a copy of it, and follows it. */
const replication = [
  'set -e',
  'cd /var/lib/postgresql/data',
  String.raw`printf 'local all all trust\nhost all,replication all all trust\n' > hba.conf`,
  'set="${HOSTNAME%-*}"',
  '[ "$HOSTNAME" = "$set-0" ] || [ -e pgdata ] || pg_basebackup --host "$set-0.$set" --username postgres --pgdata pgdata --write-recovery-conf',
].join('\n')

/** What mutants of applications change: how their containers are started, and what they are told. */
export const applicationRules = {
  'rolling-deployments': {
    apiGroup: 'apps',
    resource: 'deployments',
    operations: ['CREATE'],
    patch: replaceOrAdd('/spec/strategy', 'Object.spec.strategy{type: "RollingUpdate"}'),
  },
  'command-as-arguments': {
    ...changedPods,
    when: `has(${container}.command)`,
    patch: [replaceOrAdd('/spec/containers/0/args', `${container}.command`), remove('/spec/containers/0/command')].join(', '),
  },
  'secret-optional': {
    ...changedPods,
    when: `has(${container}.env) && has(${container}.env[0].valueFrom) && has(${container}.env[0].valueFrom.secretKeyRef)`,
    patch: replaceOrAdd('/spec/containers/0/env/0/valueFrom/secretKeyRef/optional', 'true'),
  },
  'append-only-off': {
    ...changedPods,
    when: `has(${container}.args)`,
    patch: replaceOrAdd('/spec/containers/0/args', `${container}.args.map(word, word == "yes" ? "no" : word)`),
  },
  'members-start-alone': {
    ...changedPods,
    when: `has(${container}.args)`,
    patch: replaceOrAdd(
      '/spec/containers/0/args',
      `${container}.args.filter(word, !word.startsWith("--initial-cluster=") && !word.startsWith("--replSet="))`,
    ),
  },
  'init-containers-dropped': {
    ...changedPods,
    when: 'has(object.spec.initContainers)',
    patch: remove('/spec/initContainers'),
  },
  'replicated-by-init': {
    ...changedPods,
    when: `${container}.name == "postgres" && has(${container}.args)`,
    // A list of objects as a value makes the API server panic (v1.36.3), so the init container is made from the server's.
    patch: [
      'JSONPatch{op: "copy", from: "/spec/containers", path: "/spec/initContainers"}',
      replaceOrAdd('/spec/initContainers/0/name', '"replication"'),
      replaceOrAdd('/spec/initContainers/0/command', `["bash", "-c", ${JSON.stringify(replication)}]`),
      remove('/spec/initContainers/0/args'),
      remove('/spec/initContainers/0/startupProbe'),
      replaceOrAdd('/spec/containers/0/args', `${container}.args + ["-c", "hba_file=/var/lib/postgresql/data/hba.conf"]`),
    ].join(', '),
  },
} as const satisfies Readonly<Record<string, Rule>>
