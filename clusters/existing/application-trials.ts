import { databaseUser } from '../../contract/pod-security.ts'
import type { ApplicationName } from '../images/application-images.ts'
import type { Trial } from './try-images.ts'

/** Shell functions: the kubelet puts what is written there into the status of the Pod. */
const functions = `
fail() { echo "$1" > /dev/termination-log; exit 1; }
need() { for each in "$@"; do command -v "$each" > /dev/null || fail "it has no $each"; done; }
`

/** A script that only the official image of PostgreSQL has. */
export const onlyOfficial = 'docker-ensure-initdb.sh'

/** The servers run as a user of that number, which must have a name or no database is made. */
const postgres = `
need bash docker-entrypoint.sh postgres initdb pg_isready pg_basebackup psql pg_dump pg_restore createdb
id -un > /dev/null 2>&1 || fail "it knows no user $(id -u), as which its server is to run"
postgres --version > /dev/termination-log || fail "its postgres does not run on this node"
! command -v ${onlyOfficial} >> /dev/termination-log || true
`

/** What suites need of each image; it says its version where it has a shell. */
const scripts: Readonly<Record<Exclude<ApplicationName, 'etcd'>, string>> = {
  postgres,
  'postgres-next': postgres,
  redis: `
need redis-server redis-cli
redis-server --version > /dev/termination-log || fail "its redis-server does not run on this node"
`,
  mongodb: `
need mongod mongosh
mongod --version > /tmp/version || fail "its mongod does not run on this node"
head -n 1 /tmp/version > /dev/termination-log
`,
  zookeeper: `
need bash zkServer.sh zkCli.sh
zkServer.sh version > /dev/termination-log 2>&1 || fail "its ZooKeeper does not run on this node"
`,
  mariadb: `
need bash docker-entrypoint.sh mariadb mariadbd mariadb-dump
id -un > /dev/null 2>&1 || fail "it knows no user $(id -u), as which its server is to run"
mariadbd --version > /dev/termination-log || fail "its mariadbd does not run on this node"
`,
  rabbitmq: `
need bash getent rabbitmq-server rabbitmqctl
rabbitmqctl version > /dev/termination-log || fail "its RabbitMQ does not run on this node"
`,
  nginx: `
need nginx
nginx -v 2> /dev/termination-log || fail "its nginx does not run on this node"
`,
  'backup-tools': 'need bash curl gzip jq kubectl psql pg_dump pg_restore createdb',
}

/** Applications that suites run as the ordinary user. */
const ofOrdinaryUser: ReadonlySet<ApplicationName> = new Set(['backup-tools', 'nginx', 'zookeeper'])

/** The Pod that shows whether a node can run the image of an application, as suites run it. */
export function applicationTrial(name: ApplicationName, image: string): Trial {
  const flag = `--image ${name}=<reference>`
  // It has no shell.
  if (name === 'etcd') return { name, image, command: ['etcd', '--version'], flag }
  const command = ['sh', '-c', `${functions}${scripts[name]}`]
  return { name, image, command, flag, ...(!ofOrdinaryUser.has(name) && { securityContext: databaseUser }) }
}
