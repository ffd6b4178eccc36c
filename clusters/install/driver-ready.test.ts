import { expect, test } from 'vitest'
import { clusterApi } from '../api.ts'
import { SetupError } from '../setup-error.ts'
import { type Answer, type Asked, resourcesOf, startApiServer, statusOf } from '../testing/api-server.ts'
import { list } from '../testing/cluster-answers.ts'
import { driverReady, type DriverReadyOptions } from './driver-ready.ts'

const driver = 'csi.example.com'
const image = 'example.com/driver:v1'
const labels = { app: 'driver' }

/** A cluster with one Deployment and one Pod, and what its log says. */
interface Seen {
  readonly deployment?: object
  readonly containers?: readonly object[]
  readonly drivers?: readonly string[] | null
  readonly log?: string
  readonly events?: readonly object[]
}

const rolledOut = { observedGeneration: 1, availableReplicas: 1, updatedReplicas: 1 }

function answers(look: () => Seen): (asked: Asked) => Answer {
  return ({ path, query }) => {
    const { deployment = rolledOut, containers, drivers = [driver], log, events = [] } = look()
    if (path === '/api/v1') return resourcesOf('v1', { Pod: 'pods', Event: 'events' }, ['Pod', 'Event'])
    if (path === '/apis/apps/v1') return resourcesOf('apps/v1', { Deployment: 'deployments' }, ['Deployment'])
    if (path === '/apis/storage.k8s.io/v1') return resourcesOf('storage.k8s.io/v1', { CSIDriver: 'csidrivers', CSINode: 'csinodes' })
    if (path === '/apis/apps/v1/namespaces/storage/deployments/controller')
      return {
        body: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'controller', generation: 1 },
          spec: { selector: { matchLabels: labels } },
          status: deployment,
        },
      }
    if (path.endsWith('/pods')) {
      const status = containers && { phase: 'Pending', containerStatuses: containers }
      return list('PodList', [{ metadata: { name: 'controller-1', namespace: 'storage', labels }, spec: { nodeName: 'two' }, status }])
    }
    if (path.endsWith('/log'))
      return log === undefined
        ? statusOf(400, 'it waits to start')
        : { body: `${query?.get('previous') === 'true' ? 'before: ' : ''}${log}` }
    if (path.endsWith('/events')) return list('EventList', events)
    if (path.endsWith(`/csidrivers/${driver}`))
      return { body: { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: driver } } }
    if (path.endsWith('/csinodes')) {
      const node = (name: string, names: readonly string[] | null) => ({
        metadata: { name },
        spec: { drivers: names?.map((each) => ({ name: each })) ?? null },
      })
      return list('CSINodeList', [node('one', [driver]), node('two', drivers)])
    }
    return statusOf(404, 'not found')
  }
}

const container = (changes: object) => ({ name: 'driver', image, imageID: '', ready: false, restartCount: 0, ...changes })

async function ready(
  look: () => Seen,
  changes: Partial<DriverReadyOptions> = {},
): Promise<{ readonly error: SetupError | undefined; readonly told: readonly string[] }> {
  await using server = await startApiServer(answers(look))
  const workloads = [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'storage', name: 'controller' }] as const
  const plan = { workloads, namespaces: ['storage'], images: [{ reference: image, archive: undefined }] }
  const told: string[] = []
  const limits = { rolledOut: 0.1, registered: 0.1, pulled: 60 }
  try {
    await driverReady(clusterApi(server.kubeconfig), {
      driver,
      plan,
      nodes: ['one', 'two'],
      log: (line) => told.push(line),
      limits,
      ...changes,
    })
    return { error: undefined, told }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    return { error, told }
  }
}

test('a driver is ready once its Pods are and every node has it', async () => {
  let looks = 0
  const look = (): Seen => ({ deployment: looks++ < 6 ? { observedGeneration: 1 } : rolledOut, drivers: looks < 30 ? null : [driver] })
  expect((await ready(look, { limits: { rolledOut: 30, registered: 30, pulled: 60 } })).error).toBeUndefined()
  expect(looks).toBeGreaterThanOrEqual(30)
})

test('what did not happen is told with the Pod, its state and its last words', async () => {
  const running = container({ state: { running: {} }, restartCount: 1 })
  const { error } = await ready(() => ({ deployment: { observedGeneration: 1 }, containers: [running], log: 'no pool\nis there\n' }))
  expect(error?.message).toBe(
    `The driver ${driver} was not ready within 0.1 s: Deployment storage/controller has 0 of 1 replicas available — Pod storage/controller-1, container driver: Running, but not ready.`,
  )
  expect(error?.fix).toBe(
    'Look at describe-pods.txt, events.txt and driver-pods.log in the evidence of the failed start. Container driver said last: "before: no pool" "is there"',
  )
})

test('an image that cannot be pulled ends the wait with Pod, image and the words of the registry', async () => {
  const waiting = { reason: 'ErrImagePull', message: 'failed to resolve reference "example.com/driver:v1": not found' }
  const look = () => ({ deployment: { observedGeneration: 1 }, containers: [container({ state: { waiting } })] })
  const { error } = await ready(look, { limits: { rolledOut: 30, registered: 30, pulled: 0 } })
  expect(error?.message).toBe(
    `Pod storage/controller-1 cannot pull image ${image}: failed to resolve reference "example.com/driver:v1": not found.`,
  )
  expect(error?.fix).toBe('Correct the reference, pass the image with --image-archive, or let the nodes reach and log in to its registry.')
})

test('a registry that fails for a moment is waited for, a name that is none is not', async () => {
  const waits = (reason: string) => container({ state: { waiting: { reason, message: 'it is wrong' } } })
  const failing = await ready(() => ({ deployment: { observedGeneration: 1 }, containers: [waits('ErrImagePull')] }))
  expect(failing.error?.message).toMatch(/was not ready within 0.1 s: .*ErrImagePull: it is wrong\.$/)
  const invalid = await ready(() => ({ deployment: { observedGeneration: 1 }, containers: [waits('InvalidImageName')] }))
  expect(invalid.error?.message).toBe(`Pod storage/controller-1 cannot pull image ${image}: it is wrong.`)
})

test('a container that keeps crashing ends the wait', async () => {
  const crashing = container({
    state: { waiting: { reason: 'CrashLoopBackOff' } },
    lastState: { terminated: { exitCode: 3 } },
    restartCount: 5,
  })
  const look = () => ({ deployment: { observedGeneration: 1 }, containers: [crashing], log: 'unknown flag --nope' })
  const { error } = await ready(look, { limits: { rolledOut: 30, registered: 30, pulled: 60 } })
  expect(error?.message).toBe(
    'A container was restarted 5 times and does not stay: Pod storage/controller-1, container driver: CrashLoopBackOff (it ended with exit code 3).',
  )
  expect(error?.fix).toContain('Container driver said last: "before: unknown flag --nope"')
})

test('a node without the driver is named, with what it has instead', async () => {
  const { error } = await ready(() => ({ drivers: ['other.example.com'], containers: [container({ ready: true })] }))
  expect(error?.message).toMatch(
    /^The driver csi\.example\.com was not ready within 0\.1 s: the kubelet of node two has not registered it, but other\.example\.com — /,
  )
})
