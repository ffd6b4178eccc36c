/** Version of everything a cluster is made of. An upgrade is one line here and its module in `go/go.mod`. */
export const versions = {
  kubernetes: 'v1.36.3',
  kind: 'v0.33.0',
  etcd: '3.6.8-0',
  coredns: 'v1.14.2',
  pause: '3.10.2',
  csiProvisioner: 'v6.3.0',
  csiAttacher: 'v4.12.0',
  csiResizer: 'v2.2.0',
  csiSnapshotter: 'v8.6.0',
  csiSanity: 'v5.5.0',
  debian: 'bookworm',
} as const
