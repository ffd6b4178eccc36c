import { expect, test } from 'vitest'
import { busyTicks, kindOfProcess, parseStat, type ProcessTicks, ticksByKind } from './processes.ts'

test('a line of /proc is read whatever the program is called', () => {
  const rest = 'S 7 1 1 0 -1 4194304 100 0 0 0 30 12 5 2 20 0 8 0 4242 1000'
  expect(parseStat(`42 (a) b (c)) ${rest}`)).toEqual({ name: 'a) b (c)', parent: 7, own: 42, reaped: 7, started: 4242 })
})

test('cores that wait for a disk are not busy', () => {
  expect(busyTicks('cpu  100 10 50 9000 700 1 2 3 40 0\ncpu0 1 1 1')).toBe(166)
})

test.each([
  ['kube-apiserver', '/usr/local/bin/kube-apiserver --x', true, 'kube-apiserver'],
  ['containerd-shim', 'containerd-shim-runc-v2', false, 'containerd-shim'],
  ['csi-provisioner', 'csi-provisioner --x', true, 'sidecars of the CSI driver'],
  ['node', 'node /opt/csi-hostpath/main.js', true, 'CSI driver'],
  ['node', 'node /opt/holdfast/workload.mjs fill', true, 'workload in Pods'],
  ['node (vitest 1)', 'node node_modules/vitest/vitest.mjs run', false, 'runner (Vitest)'],
  ['node', 'node cli/main.ts run', false, 'holdfast'],
  ['loop12', '', false, 'kernel'],
  ['sshd', 'sshd', false, 'other processes'],
] as const)('%s, started as "%s", is known', (...[name, command, inPod, kind]) => {
  expect(kindOfProcess({ name, command, inPod })).toBe(kind)
})

function at(busy: number, ...processes: readonly Partial<ProcessTicks>[]) {
  return { busy, processes: processes.map((process) => ({ key: '1', parent: undefined, kind: 'kubelet', own: 0, reaped: 0, ...process })) }
}

test('what a process took before does not count, and what it took since does', () => {
  expect([...ticksByKind([at(0, { own: 500 }), at(20, { own: 520 })])]).toEqual([['kubelet', 20]])
})

test('a process that came and went counts once, its last moments with whoever waited for it', () => {
  const parent = { key: 'shim', kind: 'containerd-shim' }
  const child = { key: 'child', parent: 'shim', kind: 'workload in Pods' }
  const samples = [
    at(0, { ...parent, reaped: 100 }),
    at(10, { ...parent, reaped: 100 }, { ...child, own: 8 }),
    at(40, { ...parent, reaped: 120 }),
  ]
  expect([...ticksByKind(samples)]).toEqual([
    ['containerd-shim: what it starts', 12],
    ['workload in Pods', 8],
    ['not seen', 20],
  ])
})

test('without samples nothing is said', () => {
  expect([...ticksByKind([])]).toEqual([])
})
