import { expect } from 'vitest'
import {
  conformance,
  mongoIn,
  mongoService,
  mongoSet,
  podReady,
  passwordSecret,
  requestDenied,
  requestDone,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/mongo-root-user-env',
    statement:
      'A MongoDB container with the command mongod skips the entrypoint of its image. It creates no root user from its environment and requires no login.',
    level: 'SHOULD',
    source: { page: 'https://hub.docker.com/_/mongo', section: '' },
    requires: ['DynamicProvisioning', 'MongoDB'],
    mutants: ['command-as-arguments'],
    proves: {
      'app.mongo-root-user-env': { 'no-user': 'no-user', 'no-access-control': 'no-access-control' },
      'app.entrypoint-override': { command: ['no-user', 'no-access-control'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const mongo = mongoIn('mongo-0', { namespace, measure })
    const pods = await observe.pods()
    await namespace.apply(passwordSecret('mongodb-secret'))
    await namespace.apply(mongoService('mongo'))
    await namespace.apply(mongoSet('mongo', { cluster, replicas: 1, secret: 'mongodb-secret' }))
    await until(pods, podReady({ pod: 'mongo-0' }), { within: limits.podReady })
    await mongo.serving()

    const anonymous = await mongo.ask('command of an administrator without a login', 'print(db.adminCommand({ getCmdLineOpts: 1 }).ok)')
    const login = await mongo.ask('login', 'db.getSiblingDB("admin").auth("root", process.env.MONGO_INITDB_ROOT_PASSWORD)')

    await expect(history).toUphold(requestDone({ attempt: anonymous }), { as: 'no-access-control' })
    await expect(history).toUphold(requestDenied({ attempt: login }), { as: 'no-user' })
  },
)
