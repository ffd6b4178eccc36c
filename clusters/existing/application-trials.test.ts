import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { databaseUser } from '../../contract/pod-security.ts'
import { applicationNames } from '../images/application-images.ts'
import { applicationTrial } from './application-trials.ts'

const postgresCommands = 'docker-entrypoint.sh initdb pg_isready pg_basebackup psql pg_dump pg_restore createdb'.split(' ')

/** What the Pod of an image says that has these commands besides `postgres`, and how it ends. */
function trialOf(commands: readonly string[]) {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  for (const name of ['bash', 'id']) {
    const path = ['/usr/bin', '/bin'].map((each) => join(each, name)).find((each) => existsSync(each)) ?? ''
    symlinkSync(path, join(directory, name))
  }
  for (const name of ['postgres', ...commands]) {
    writeFileSync(join(directory, name), '#!/bin/sh\necho "postgres (PostgreSQL) 15.14"\n')
    chmodSync(join(directory, name), 0o755)
  }
  const log = join(directory, 'log')
  const script = (applicationTrial('postgres', 'p:1').command[2] ?? '').replaceAll('/dev/termination-log', log)
  const { status } = spawnSync('/bin/sh', ['-c', script], { env: { PATH: directory } })
  return { status, said: readFileSync(log, 'utf8').trim().replaceAll(`${directory}/`, '') }
}

test('an image of PostgreSQL says its version, and by what it is known for the official one', () => {
  expect(trialOf(postgresCommands)).toEqual({ status: 0, said: 'postgres (PostgreSQL) 15.14' })
  expect(trialOf([...postgresCommands, 'docker-ensure-initdb.sh'])).toEqual({
    status: 0,
    said: 'postgres (PostgreSQL) 15.14\ndocker-ensure-initdb.sh',
  })
})

test.each(['psql', 'docker-entrypoint.sh'])('an image without %s cannot be used, and says so', (missing) => {
  const { status, said } = trialOf(postgresCommands.filter((name) => name !== missing))
  expect({ status, said }).toEqual({ status: 1, said: `it has no ${missing}` })
})

test('etcd is run without a shell, which its image lacks', () => {
  expect(applicationTrial('etcd', 'registry.k8s.io/etcd:3')).toMatchObject({
    ...{ image: 'registry.k8s.io/etcd:3', command: ['etcd', '--version'], flag: '--image etcd=<reference>' },
  })
})

test('each image is tried as the user that suites run it as', () => {
  const asDatabase = applicationNames.filter((name) => applicationTrial(name, 'image').securityContext !== undefined)
  expect(asDatabase).toEqual(['postgres', 'postgres-next', 'redis', 'mongodb', 'mariadb', 'rabbitmq'])
  for (const name of asDatabase) expect(applicationTrial(name, 'image').securityContext).toEqual(databaseUser)
})

test('an image must have what suites run, and nothing else', () => {
  const needs = (name: 'mariadb' | 'rabbitmq' | 'zookeeper') =>
    /^need (.*)$/m.exec(applicationTrial(name, 'image').command?.join(' ') ?? '')?.[1]
  expect(needs('mariadb')).toBe('bash docker-entrypoint.sh mariadb mariadbd mariadb-dump')
  expect(needs('rabbitmq')).toBe('bash getent rabbitmq-server rabbitmqctl')
  expect(needs('zookeeper')).toBe('bash zkServer.sh zkCli.sh')
})
