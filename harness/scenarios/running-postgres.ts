import { podReady } from '../vocabulary/conditions.ts'
import { shopIn } from '../vocabulary/database/shop-in.ts'
import type { ScenarioFixtures } from './scenario-fixtures.ts'
import { until } from '../engine/judge/matchers.ts'
import { databaseClient, passwordSecret, postgresPod, postgresService, postgresSet, pvc } from '../vocabulary/objects.ts'
import { sizesOf } from '../vocabulary/pvc/sizes.ts'
import type { Observer } from '../engine/watch/observer.ts'

/** ScenarioFixtures with which servers are run. */
export type ServerFixtures = Pick<ScenarioFixtures, 'namespace' | 'cluster' | 'limits' | 'measure' | 'history'>

/** Where servers are run, and where their Pods are watched. */
export interface ServerOptions {
  readonly fixtures: ServerFixtures
  readonly pods: Observer
  /** StorageClass of its volume, in place of the one that this run uses. */
  readonly storageClass?: string | undefined
}

/**
 * Runs a PostgreSQL server of that name with a Secret and a Service of its own, in a StatefulSet of one replica, and waits until it is
 * Ready. Its Pod is `<name>-0`, its PersistentVolumeClaim `data-<name>-0`.
 */
export async function runningPostgres(name: string, { fixtures, pods, storageClass }: ServerOptions) {
  const { namespace, cluster, limits } = fixtures
  const on = storageClass === undefined ? cluster : { ...cluster, storageClass }
  await namespace.apply(passwordSecret(name))
  await namespace.apply(postgresService(name))
  await namespace.apply(postgresSet(name, { cluster: on, replicas: 1, size: sizesOf(cluster).small, secret: name }))
  await until(pods, podReady({ pod: `${name}-0` }), { within: limits.podReady })
}

/** Runs a PostgreSQL server as `runningPostgres` does, and fills its database `shop`. */
export async function runningShop(name: string, options: ServerOptions) {
  await runningPostgres(name, options)
  await shopIn(`${name}-0`, options.fixtures).make()
}

/** Runs a Pod from which commands and counters reach the server of that name, and waits until it is Ready. */
export async function runningClient(name: string, { of, fixtures, pods }: ServerOptions & { readonly of: string }) {
  const { namespace, cluster, limits } = fixtures
  await namespace.apply(databaseClient(name, { cluster, host: of, secret: of }))
  await until(pods, podReady({ pod: name }), { within: limits.podReady })
}

/** Asks for a volume from a VolumeSnapshot, and for a Pod of that name with a PostgreSQL server on it, whose Secret is there. */
export async function postgresFromSnapshot(
  name: string,
  { snapshot, secret, fixtures }: { readonly snapshot: string; readonly secret: string; readonly fixtures: ServerFixtures },
) {
  const { namespace, cluster } = fixtures
  await namespace.apply(pvc(name, { cluster, size: sizesOf(cluster).small, fromSnapshot: snapshot }))
  await namespace.apply(postgresPod(name, { cluster, pvc: name, secret }))
}
