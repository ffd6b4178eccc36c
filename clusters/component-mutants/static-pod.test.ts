import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { mutatedManifest } from './static-pod.ts'

const manifest = `apiVersion: v1
kind: Pod
spec:
  containers:
  - name: kube-scheduler
    command: [kube-scheduler, --leader-elect=true]
    volumeMounts: [{ name: kubeconfig, mountPath: /etc/kubernetes/scheduler.conf }]
  volumes: [{ name: kubeconfig, hostPath: { path: /etc/kubernetes/scheduler.conf } }]
`

test('a static Pod runs the binary of its node with the mutant, and has all it had', () => {
  const mutated = parse(mutatedManifest(manifest, { component: 'kube-scheduler', mutant: 'zones-ignored' })) as unknown
  expect(mutated).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    spec: {
      containers: [
        {
          name: 'kube-scheduler',
          command: ['/holdfast-mutants/kube-scheduler', '--leader-elect=true'],
          env: [{ name: 'HOLDFAST_MUTANT', value: 'zones-ignored' }],
          volumeMounts: [
            { name: 'kubeconfig', mountPath: '/etc/kubernetes/scheduler.conf' },
            { name: 'holdfast-mutants', mountPath: '/holdfast-mutants', readOnly: true },
          ],
        },
      ],
      volumes: [
        { name: 'kubeconfig', hostPath: { path: '/etc/kubernetes/scheduler.conf' } },
        { name: 'holdfast-mutants', hostPath: { path: '/opt/holdfast/mutants', type: 'Directory' } },
      ],
    },
  })
})

test('a component without a container of its name is refused', () => {
  expect(() => mutatedManifest(manifest, { component: 'kubelet', mutant: 'zones-ignored' })).toThrow('There is no container kubelet.')
})
