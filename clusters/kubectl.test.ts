import { expect, test } from 'vitest'
import { programOnPath } from '../contract/program-on-path.ts'
import { whyUnsupported, withKubectlOfMachine } from './kubectl.ts'

/** A program on the PATH that tells this version, as kubectl does. */
function installed(version: string): void {
  const json = JSON.stringify({ clientVersion: { gitVersion: version } })
  programOnPath('kubectl', () => `case "$*" in *json*) echo '${json}';; *) echo "Client Version: ${version}";; esac`)
}

test.each([
  ['v1.37.2', 'v1.37.2', undefined],
  ['v1.36.0', 'v1.37.2', undefined],
  ['v1.38.0', 'v1.37.2-eks-1', undefined],
  ['v1.35.9', 'v1.37.2', 'kubectl on this machine is v1.35.9, more than one minor away from v1.37.2'],
  ['v1.37.0', 'unknown', 'kubectl on this machine is v1.37.0, more than one minor away from unknown'],
])('kubectl %s with Kubernetes %s', (kubectl, kubernetes, why) => {
  expect(whyUnsupported(kubectl, kubernetes)).toBe(why)
})

test('the kubectl of the PATH is offered where Kubernetes supports it', async () => {
  installed('v1.36.4')
  const part = { features: ['Velero', 'Kubectl'] as const }
  expect(await withKubectlOfMachine(part, 'v1.37.2')).toEqual({ features: ['Velero', 'Kubectl'], kubectl: 'kubectl' })
})

test('one that is too old is lacking, with both versions', async () => {
  installed('v1.30.0')
  const { features, lacking } = await withKubectlOfMachine({ features: ['Kubectl'], lacking: { Velero: 'none' } }, 'v1.37.2')
  expect({ features, lacking }).toEqual({
    features: [],
    lacking: { Velero: 'none', Kubectl: 'kubectl on this machine is v1.30.0, more than one minor away from v1.37.2' },
  })
})
