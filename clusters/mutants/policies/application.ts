import { remove, replaceOrAdd, type Policy } from '../policy.ts'

const container = 'object.spec.containers[0]'
const newPods = { apiGroup: '', resource: 'pods', operations: ['CREATE'] } as const

/** Whether a variable of the environment of a container is a Secret's, as a CEL expression. */
const isSecret = (place: 0 | 1, variable = `${container}.env[${place}]`) =>
  `(size(${container}.env) > ${place} && has(${variable}.valueFrom) && has(${variable}.valueFrom.secretKeyRef))`

/** How arguments begin by which etcd, MongoDB, RabbitMQ and ZooKeeper know that there are other members, as a CEL expression. */
const thatOthersAre = '["--initial-cluster=", "--replSet=", "cluster_formation.", "server."]'

/** A directory that images look for commands in, and leave empty. */
const directoryOfCommands = '/usr/local/sbin'

/** What an init container does so that each PostgreSQL server but that of ordinal 0 is a copy of it, and follows it. */
const replication = [
  'set -e',
  'cd /var/lib/postgresql/data',
  String.raw`printf 'local all all trust\nhost all,replication all all trust\n' > hba.conf`,
  'set="${HOSTNAME%-*}"',
  '[ "$HOSTNAME" = "$set-0" ] || [ -e pgdata ] || pg_basebackup --host "$set-0.$set" --username postgres --pgdata pgdata --write-recovery-conf',
].join('\n')

/** What an init container does so that a PostgreSQL server finds nothing where another major version left its files. */
const startAnew = [
  'set -e',
  'cd "$PGDATA" 2> /dev/null || exit 0',
  '[ ! -s PG_VERSION ] || [ "$(cat PG_VERSION)" = "$PG_MAJOR" ] || find . -mindepth 1 -delete',
].join('\n')

/** What runs in place of `mongod`: a member without data that comes to a replica set which is there knows nothing of it. */
const aloneOnReturn = [
  'set="${HOSTNAME%-*}"',
  'first="mongodb://$set-0.$set/?directConnection=true&serverSelectionTimeoutMS=2000"',
  'if [ "$HOSTNAME" != "$set-0" ] && [ ! -e /data/db/WiredTiger ] && mongosh "$first" --quiet --norc --eval "rs.status()" > /dev/null 2>&1; then',
  '  for word; do shift; case "$word" in --replSet=*) ;; *) set -- "$@" "$word" ;; esac; done',
  'fi',
  'exec mongod "$@"',
].join('\n')

/** Makes an init container of the container of a Pod: a list of objects as a value makes the API server panic (v1.36.3). */
function initContainer(name: string, script: string): string {
  return [
    'JSONPatch{op: "copy", from: "/spec/containers", path: "/spec/initContainers"}',
    replaceOrAdd('/spec/initContainers/0/name', JSON.stringify(name)),
    replaceOrAdd('/spec/initContainers/0/command', `["bash", "-c", ${JSON.stringify(script)}]`),
    remove('/spec/initContainers/0/args'),
    remove('/spec/initContainers/0/startupProbe'),
  ].join(', ')
}

/** Admission policies that change the containers of applications: how they are started, and with which arguments. */
export const applicationPolicies = {
  'command-as-arguments': {
    description: 'The API server stores the command of every container as arguments, which leaves the entrypoint of its image in place.',
    ...newPods,
    when: `has(${container}.command)`,
    // A list of the object itself is no value of a patch; a list that an expression makes is one.
    patch: [replaceOrAdd('/spec/containers/0/args', `${container}.command.map(word, word)`), remove('/spec/containers/0/command')].join(
      ', ',
    ),
  },
  'secret-optional': {
    description:
      'The API server stores a reference to a Secret by one of the first two variables of a container as one that may be missing.',
    ...newPods,
    when: `has(${container}.env) && (${isSecret(0)} || ${isSecret(1)})`,
    patch: `JSONPatch{op: "add", path: "/spec/containers/0/env/" + (${isSecret(0)} ? "0" : "1") + "/valueFrom/secretKeyRef/optional", value: true}`,
  },
  'append-only-off': {
    description: 'The API server turns the argument with which Redis keeps its append-only file into its opposite.',
    ...newPods,
    when: `has(${container}.args)`,
    patch: replaceOrAdd('/spec/containers/0/args', `${container}.args.map(word, word == "yes" ? "no" : word)`),
  },
  'members-start-alone': {
    description: 'The API server removes the arguments by which members of a cluster know that there are others.',
    ...newPods,
    when: `has(${container}.args)`,
    patch: replaceOrAdd(
      '/spec/containers/0/args',
      `${container}.args.filter(word, !${thatOthersAre}.exists(beginning, word.startsWith(beginning)))`,
    ),
  },
  'member-returns-alone': {
    description: 'The API server lets every MongoDB server that comes without data to a replica set which is there start without that set.',
    ...newPods,
    when: `has(${container}.args) && has(${container}.command) && ${container}.command[0] == "mongod"`,
    patch: replaceOrAdd('/spec/containers/0/command', `["bash", "-c", ${JSON.stringify(aloneOnReturn)}, "mongod"]`),
  },
  'replicated-by-init': {
    description:
      'The API server gives every PostgreSQL server an init container that makes it a copy of the one of ordinal 0, which follows it.',

    ...newPods,
    when: `${container}.name == "postgres" && has(${container}.args)`,
    patch: [
      initContainer('replication', replication),
      replaceOrAdd('/spec/containers/0/args', `${container}.args + ["-c", "hba_file=/var/lib/postgresql/data/hba.conf"]`),
    ].join(', '),
  },
  'servers-start-anew': {
    description: 'The API server lets every PostgreSQL server begin with an empty directory where it finds that of another major version.',
    ...newPods,
    when: `${container}.name == "postgres" && has(${container}.args)`,
    patch: initContainer('start-anew', startAnew),
  },
  'init-containers-dropped': {
    description: 'The API server removes the init containers of every Pod.',
    ...newPods,
    when: 'has(object.spec.initContainers)',
    patch: remove('/spec/initContainers'),
  },
  'aws-command-added': {
    description: 'The API server lets every container begin by adding a command aws to its image.',
    ...newPods,
    when: `has(object.spec.volumes) && has(${container}.volumeMounts)`,
    // Its user may write to no directory of the image that commands are looked for in, so one of them becomes a volume.
    patch: [
      replaceOrAdd('/spec/volumes/-', 'Object.spec.volumes{name: "commands", emptyDir: Object.spec.volumes.emptyDir{}}'),
      replaceOrAdd(
        '/spec/containers/0/volumeMounts/-',
        `Object.spec.containers.volumeMounts{name: "commands", mountPath: "${directoryOfCommands}"}`,
      ),
      replaceOrAdd(
        '/spec/containers/0/lifecycle',
        'Object.spec.containers.lifecycle{postStart: Object.spec.containers.lifecycle.postStart{exec: ' +
          `Object.spec.containers.lifecycle.postStart.exec{command: ["ln", "-s", "/bin/true", "${directoryOfCommands}/aws"]}}}`,
      ),
    ].join(', '),
  },
  'password-given': {
    description: 'The API server gives every container with an environment a password for PostgreSQL.',
    ...newPods,
    when: 'has(object.spec.containers[0].env)',
    patch: replaceOrAdd('/spec/containers/0/env/-', 'Object.spec.containers.env{name: "POSTGRES_PASSWORD", value: "given"}'),
  },
  'log-summaries-off': {
    description: 'The API server turns the argument with which PostgreSQL keeps summaries of its log into its opposite.',
    ...newPods,
    when: `${container}.name == "postgres" && has(${container}.args)`,
    patch: replaceOrAdd('/spec/containers/0/args', `${container}.args.map(word, word == "summarize_wal=on" ? "summarize_wal=off" : word)`),
  },
  'commits-not-flushed': {
    description: 'The API server gives every PostgreSQL server the argument with which it flushes nothing to its volume.',
    ...newPods,
    when: 'object.spec.containers[0].name == "postgres"',
    patch: replaceOrAdd('/spec/containers/0/args', 'object.spec.containers[0].args + ["-c", "fsync=off"]'),
  },
} as const satisfies Readonly<Record<string, Policy>>
