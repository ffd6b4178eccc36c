import { expect, test } from 'vitest'
import { type Inspected, kindClusterOf, readInspected } from './kind-nodes.ts'

/** What `docker inspect` says of a container of kind, cut to what is read. */
function inspected(
  name: string,
  cluster: string,
  { address, ports }: { readonly address: string; readonly ports: Inspected['NetworkSettings']['Ports'] },
) {
  return {
    Name: `/${name}`,
    Config: { Labels: { 'io.x-k8s.kind.cluster': cluster, 'io.x-k8s.kind.role': 'any' } },
    NetworkSettings: { Networks: { kind: { IPAddress: address } }, Ports: ports },
  }
}

const published = { '6443/tcp': [{ HostIp: '127.0.0.1', HostPort: '40123' }] }
const containers = readInspected([
  inspected('blue-control-plane', 'blue', { address: '172.18.0.2', ports: published }),
  inspected('blue-worker', 'blue', { address: '172.18.0.3', ports: {} }),
  inspected('red-control-plane', 'red', { address: '172.18.0.4', ports: { '6443/tcp': [{ HostIp: '127.0.0.1', HostPort: '40999' }] } }),
  inspected('high-external-load-balancer', 'high', { address: '172.18.0.5', ports: { '6443/tcp': [{ HostIp: '', HostPort: '41000' }] } }),
  inspected('high-control-plane', 'high', { address: '172.18.0.6', ports: { '6443/tcp': null } }),
])
const blue = ['blue-control-plane', 'blue-worker']

test.each<[server: string, nodes: readonly string[], cluster: string | undefined]>([
  ['https://127.0.0.1:40123', blue, 'blue'],
  ['https://localhost:40123', blue, 'blue'],
  ['https://172.18.0.2:6443', blue, 'blue'],
  ['https://blue-control-plane:6443', blue, 'blue'],
  ['https://127.0.0.1:41000', ['high-control-plane'], 'high'],
  // Another cluster with nodes of the same names, as on another machine.
  ['https://127.0.0.1:40124', blue, undefined],
  ['https://10.0.0.9:40123', blue, undefined],
  // The port of one cluster, the nodes of another.
  ['https://127.0.0.1:40999', blue, undefined],
  ['https://127.0.0.1:40123', [...blue, 'blue-worker2'], undefined],
  ['https://127.0.0.1:40123', [], undefined],
])('%s with the nodes %s is the kind cluster %s', (server, nodes, cluster) => {
  expect(kindClusterOf({ server, nodes }, containers)).toBe(cluster)
})
