import { kubectl, moduleOf, type GoProgram, type ImageDefinition } from './catalogue.ts'
import type { KubernetesRelease } from './kubernetes-release.ts'
import { versions } from './versions.ts'

function ofVelero(binary: string, packagePath: string): GoProgram {
  return { binary, package: `github.com/${packagePath}`, module: 'go-velero' }
}

/** Velero, the plugin for its object store, databases: the same on every Kubernetes. */
const applicationImages: readonly ImageDefinition[] = [
  {
    name: 'velero',
    version: versions.velero,
    publicReference: `docker.io/velero/velero:${versions.velero}`,
    recipe: {
      by: 'dockerfile',
      directory: 'velero',
      on: 'tools',
      // The last runs as an init container of each Pod whose volumes are restored file by file.
      programs: ['velero', 'velero-helper', 'velero-restore-helper'].map((program) =>
        ofVelero(program, `vmware-tanzu/velero/cmd/${program}`),
      ),
    },
  },
  {
    name: 'velero-plugin-for-aws',
    version: versions.veleroPluginForAws,
    publicReference: `docker.io/velero/velero-plugin-for-aws:${versions.veleroPluginForAws}`,
    recipe: {
      by: 'dockerfile',
      directory: 'velero-plugin-for-aws',
      on: 'tools',
      programs: [
        ofVelero('velero-plugin-for-aws', 'vmware-tanzu/velero-plugin-for-aws/velero-plugin-for-aws'),
        ofVelero('cp-plugin', 'vmware-tanzu/velero-plugin-for-aws/hack/cp-plugin'),
      ],
    },
  },
  postgres('postgres', versions.postgres, 'bookworm'),
  postgres('postgres-next', versions.postgresNext, 'trixie'),
  fromDebian('redis', versions.redis),
  fromDebian('zookeeper', versions.zookeeper),
  fromDebian('mariadb', versions.mariadb),
  fromDebian('rabbitmq', versions.rabbitmq),
  fromDebian('nginx', versions.nginx),
  {
    name: 'mongodb',
    version: versions.mongodb,
    publicReference: `docker.io/library/mongo:${versions.mongodb}`,
    recipe: { by: 'registry' },
  },
]

/** Whether an image of that name can be pulled, and not built. */
export function isOnlyInRegistries(name: string): boolean {
  return applicationImages.some((image) => image.name === name && image.recipe.by === 'registry')
}

/** Further images in the nodes of the profile `velero`: Velero, the plugin for its object store, databases, tools of backup jobs. */
export function backupImages(release: KubernetesRelease): readonly ImageDefinition[] {
  const tools: ImageDefinition = {
    name: 'backup-tools',
    version: '0.1.0',
    module: moduleOf(release),
    recipe: { by: 'dockerfile', directory: 'backup-tools', on: 'tools', programs: [kubectl] },
  }
  return [...applicationImages, tools]
}

/** An application from Debian's packages, called like its public image. */
function fromDebian(name: string, version: string): ImageDefinition {
  return {
    name,
    version,
    publicReference: `docker.io/library/${name}:${version}`,
    recipe: { by: 'dockerfile', directory: name, on: 'tools' },
  }
}

/** PostgreSQL of one major version, from the Debian release that has it. */
function postgres(name: string, major: string, release: string): ImageDefinition {
  const buildArguments = { PG_MAJOR: major, PG_RELEASE: release }
  return {
    name,
    version: major,
    publicReference: `docker.io/library/postgres:${major}-${versions.debian}`,
    recipe: { by: 'dockerfile', directory: 'postgres', on: 'tools', buildArguments },
  }
}

/** The S3 object store, which runs beside the cluster. */
export const objectStoreImage: ImageDefinition = {
  name: 'versitygw',
  version: versions.versitygw,
  publicReference: `docker.io/versity/versitygw:${versions.versitygw}`,
  recipe: { by: 'go', program: ofVelero('versitygw', 'versity/versitygw/cmd/versitygw'), on: 'scratch' },
}
