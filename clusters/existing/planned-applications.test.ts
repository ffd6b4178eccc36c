import { expect, test } from 'vitest'
import { programOnPath } from '../../contract/program-on-path.ts'
import { referencesForNodes } from '../images/named-images.ts'
import { plannedApplications } from './application-images.ts'
import type { Inspected } from './kind-nodes.ts'

const container: Inspected = {
  Name: '/blue-worker',
  Config: { Labels: { 'io.x-k8s.kind.cluster': 'blue' } },
  NetworkSettings: { Networks: {}, Ports: { '6443/tcp': [{ HostIp: '127.0.0.1', HostPort: '40123' }] } },
}

/** A program in place of the container engine: it has a kind cluster of one node, which has an image, and has built every one itself. */
function engine(inNode: string): void {
  const script = `case "$*" in
  ps*) echo id ;;
  container*) echo '${JSON.stringify(container)}' ;;
  image*holdfast.local/*) echo sha256:1 ;;
  image*) exit 1 ;;
  *"name==${inNode}") echo "${inNode}" ;;
esac`
  programOnPath('docker', () => script)
}

async function planned() {
  const seen = { server: 'https://127.0.0.1:40123', nodes: ['blue-worker'] }
  return plannedApplications(seen, {
    ...{ needed: ['Etcd'], named: {}, declared: [], undeclared: [], config: {} },
    schedulable: ['blue-worker'],
  })
}

test('an image that the nodes have is not replaced by one of the engine, as in a run', async () => {
  const reference = referencesForNodes(['etcd'], {}).get('etcd')?.reference ?? ''
  engine(reference)
  expect(await planned()).toEqual([{ name: 'etcd', reference, from: 'present', loadedInto: [] }])
})

test('an image that the engine has goes into the nodes that lack it', async () => {
  engine('none')
  const [image] = await planned()
  expect(image).toMatchObject({ name: 'etcd', from: 'present', loadedInto: ['blue-worker'] })
})
