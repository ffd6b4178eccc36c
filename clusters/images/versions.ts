/** The Kubernetes minor of a cluster for which none was chosen. Each minor that can be chosen has a folder in `kubernetes/`. */
export const defaultKubernetes = '1.37'

/**
 * The minor whose Go module also pins the CSI sidecars, csi-sanity and kind. Clusters of every minor use these: sidecars have versions of
 * their own, and packages that they share with Kubernetes compile once. Beside 1.37 they would share most, but neither csi-provisioner
 * v6.3.0 nor csi-sanity v5.5.0 compiles with its libraries.
 */
export const sidecarsBesideKubernetes = '1.36'

/**
 * Version of everything else a cluster is made of. An upgrade is one line here and its module in `go.mod` of `kubernetes/`, `go-velero` or
 * `go-local-path`. What differs from one Kubernetes to the next is in `pins.json` of each minor.
 */
export const versions = {
  kind: 'v0.33.0',
  csiProvisioner: 'v6.3.0',
  csiAttacher: 'v4.12.0',
  csiResizer: 'v2.2.0',
  csiSnapshotter: 'v8.6.0',
  csiSanity: 'v5.5.0',
  velero: 'v1.18.3',
  veleroPluginForAws: 'v1.14.3',
  versitygw: 'v1.8.0',
  localPath: 'v0.0.30',
  glusterfs: '10',
  postgres: '15',
  postgresNext: '17',
  redis: '7',
  mongodb: '8',
  zookeeper: '3.8',
  mariadb: '10.11',
  rabbitmq: '3.10',
  nginx: '1.22',
  debian: 'bookworm',
} as const
