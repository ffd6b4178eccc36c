import type { ApplicationImage, Feature } from '../../contract/cluster-record.ts'

/** Images of the applications that suites run: how the catalogue and users call them, and how a cluster record does. */
export const recordedAs = {
  postgres: 'postgres',
  'postgres-next': 'postgresNext',
  redis: 'redis',
  etcd: 'etcd',
  mongodb: 'mongodb',
  zookeeper: 'zookeeper',
  mariadb: 'mariadb',
  rabbitmq: 'rabbitmq',
  nginx: 'nginx',
  'backup-tools': 'backupTools',
} as const satisfies Readonly<Record<string, ApplicationImage>>

/** Name of the image of an application. */
export type ApplicationName = keyof typeof recordedAs

/** Names of all of them. */
export const applicationNames = Object.keys(recordedAs) as readonly ApplicationName[]

/** Features that a cluster has where its nodes can run an image, with the images that show it. */
export const imagesOfFeature = {
  PostgreSQL: ['postgres'],
  OfficialPostgresImage: ['postgres'],
  NextPostgreSQL: ['postgres', 'postgres-next'],
  Redis: ['redis'],
  Etcd: ['etcd'],
  MongoDB: ['mongodb'],
  ZooKeeper: ['zookeeper'],
  MariaDB: ['mariadb'],
  RabbitMQ: ['rabbitmq'],
  Nginx: ['nginx'],
  BackupTools: ['backup-tools'],
} as const satisfies Readonly<Partial<Record<Feature, readonly ApplicationName[]>>>

/** A feature that a cluster has where its nodes can run an image. */
export type ImageFeature = keyof typeof imagesOfFeature

/** All such features. */
export const imageFeatures = Object.keys(imagesOfFeature) as readonly ImageFeature[]

/** Whether a cluster has a feature by the images that its nodes can run. */
export function isImageFeature(feature: Feature): feature is ImageFeature {
  return feature in imagesOfFeature
}

/** Images that show whether a cluster has these features, each once. */
export function imagesFor(features: readonly ImageFeature[]): readonly ApplicationName[] {
  const needed = new Set<ApplicationName>(features.flatMap((feature) => imagesOfFeature[feature]))
  return applicationNames.filter((name) => needed.has(name))
}
