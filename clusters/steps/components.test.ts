import { expect, test } from 'vitest'
import { planImages } from '../images/plan.ts'
import { access } from './access.ts'
import { components, componentsBeside } from './components.ts'
import type { V1Container, V1PodTemplateSpec, KubernetesObject } from '@kubernetes/client-node'

/** Every image under its own name: a container then says which one it takes. */
const images = Object.fromEntries([...planImages('offline').images.keys()].map((name) => [name, name]))
const objects = components.flatMap((component) => component.objects(images))

type Workload = KubernetesObject & { readonly spec: { readonly template: V1PodTemplateSpec } }

const workloads = objects.filter((object): object is Workload => object.kind === 'Deployment' || object.kind === 'DaemonSet')
const containersOf = ({ spec }: Workload): readonly V1Container[] => spec.template.spec?.containers ?? []

test('every container of a component has an image that is planned', () => {
  const all = workloads.flatMap(containersOf)
  expect(all.length).toBeGreaterThan(0)
  expect(all.filter(({ image = '' }) => !(image in images)).map(({ name }) => name)).toEqual([])
})

test('every Pod of a component has its ServiceAccount, or asks the API server nothing', () => {
  const accounts = access(components).flatMap(({ kind, metadata }) => (kind === 'ServiceAccount' ? [metadata?.name] : []))
  const without = workloads.filter(({ spec }) => {
    const { serviceAccountName, automountServiceAccountToken } = spec.template.spec ?? {}
    return !accounts.includes(serviceAccountName) && automountServiceAccountToken !== false
  })
  expect(without.map(({ metadata }) => metadata?.name)).toEqual([])
})

test('the log of every Deployment and DaemonSet is kept, in a file of its name', () => {
  const files = components.flatMap(({ logs }) => Object.keys(logs))
  expect(files.toSorted()).toEqual(workloads.map(({ metadata }) => `${metadata?.name}.log`).toSorted())
})

test.each([
  ['without a snapshot controller', false, ['snapshot-controller']],
  ['with one', true, []],
])('beside a driver of the user’s %s, ours and what it brings are left out', (_, snapshotController, left) => {
  const beside = componentsBeside({ snapshotController })
  expect(beside.map(({ account }) => account)).toEqual(left)
  const accounts = access(beside).flatMap(({ kind, metadata }) => (kind === 'ServiceAccount' ? [metadata?.name] : []))
  expect(accounts).toEqual(left)
})
