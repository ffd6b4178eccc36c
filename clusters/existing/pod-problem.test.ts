import type { V1PodStatus } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { podProblem } from './pod-problem.ts'
import { exitWithoutProgram } from './workload-check.ts'

const image = 'registry.example.com/workload:1'

const place = { node: 'one', image, name: 'workload', flag: '--workload-image' }

function problemOf(status: V1PodStatus): string | undefined {
  return podProblem({ status }, place)?.what
}

test('a Pod that fits nowhere names its node and the scheduler’s reason', () => {
  const message = "0/3 nodes are available: 1 Too many pods, 2 node(s) didn't match Pod's node affinity/selector."
  expect(problemOf({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }] })).toBe(
    "Node one does not accept the Pods of the suites: 0/3 nodes are available: 1 Too many pods, 2 node(s) didn't match Pod's node affinity/selector",
  )
})

test('a Pod that the kubelet refuses names its reason', () => {
  expect(problemOf({ phase: 'Failed', reason: 'OutOfpods', message: "Pod was rejected: Node didn't have enough resource: pods." })).toBe(
    "Node one refused a Pod of suites (OutOfpods): Pod was rejected: Node didn't have enough resource: pods",
  )
})

test('an image of another architecture is named by the exit code when the container says nothing', () => {
  const container = { name: 'main', image, imageID: '', ready: false, restartCount: 0 }
  const state = { terminated: { exitCode: 255, reason: 'Error' } }
  expect(problemOf({ phase: 'Failed', containerStatuses: [{ ...container, state }] })).toBe(
    `Suites cannot run in ${image} on node one: it ended with exit code 255`,
  )
})

test.each([
  [exitWithoutProgram, 'or set workload.programFromConfigMap'],
  [1, 'for the architecture of the nodes'],
])('exit code %i, and not what the container says, decides what to do', (exitCode, fix) => {
  const terminated = { exitCode, message: 'it has no /opt/holdfast/workload.mjs' }
  const container = { name: 'main', image, imageID: '', ready: false, restartCount: 0, state: { terminated } }
  expect(podProblem({ status: { phase: 'Failed', containerStatuses: [container] } }, place)).toEqual({
    what: `Suites cannot run in ${image} on node one: it has no /opt/holdfast/workload.mjs`,
    fix: expect.stringContaining(fix) as string,
  })
})

test.each<V1PodStatus>([
  {},
  { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'True' }] },
  {
    phase: 'Pending',
    containerStatuses: [
      { name: 'main', image, imageID: '', ready: false, restartCount: 0, state: { waiting: { reason: 'ContainerCreating' } } },
    ],
  },
  { phase: 'Succeeded' },
])('nothing is wrong with %j', (status) => {
  expect(problemOf(status)).toBeUndefined()
})

/** An ordinary container that a webhook adds: it never ends, and comes first by its name. */
const added = { name: 'agent', image: 'mesh:1', imageID: '', ready: true, restartCount: 0, state: { running: {} } }

test('beside a container that was added, that of suites counts', () => {
  const ended = (exitCode: number) => ({
    ...{ name: 'main', image, imageID: '', ready: false, restartCount: 0 },
    state: { terminated: { exitCode, message: 'it has no Node.js' } },
  })
  expect(problemOf({ phase: 'Running', containerStatuses: [added, ended(0)] })).toBeUndefined()
  expect(problemOf({ phase: 'Running', containerStatuses: [added, ended(1)] })).toBe(
    `Suites cannot run in ${image} on node one: it has no Node.js`,
  )
})
