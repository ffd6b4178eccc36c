import { expect, test } from 'vitest'
import { buildOrder, modulesOf } from './build-order.ts'
import { type ImageDefinition, moduleOf, programsOf, sidecarModule } from './catalogue.ts'
import { planImages, type PlannedImage } from './plan.ts'

const plan = planImages('offline', { profile: 'velero' })
const images = [...plan.images.values()]
const ordered = buildOrder(images)
const place = (name: string) => ordered.findIndex(({ definition }) => definition.name === name)

test('every image is built once', () => {
  expect(ordered.map(({ reference }) => reference).toSorted()).toEqual(images.map(({ reference }) => reference).toSorted())
})

const based = images.flatMap(({ definition: { name, recipe } }) =>
  'on' in recipe && recipe.on !== 'scratch' ? [{ name, on: recipe.on }] : [],
)

test.each(based)('$name comes after $on, which it is built on', ({ name, on }) => {
  expect(place(name)).toBeGreaterThan(place(on))
})

test('what waits for no program comes first, then Kubernetes, its sidecars and Velero', () => {
  const waiting = ordered.map(({ definition }) => programsOf(definition).length > 0)
  expect(waiting.lastIndexOf(false)).toBeLessThan(waiting.indexOf(true))
  const [debian] = ordered
  expect(debian?.definition.name).toBe('debian')
  expect(place('postgres')).toBeLessThan(place('kube-apiserver'))
  expect(place('node-base')).toBeLessThan(place('velero'))
  expect(modulesOf(images)).toEqual([...new Set([moduleOf(plan.kubernetes), sidecarModule, 'go-velero'])])
})

test('what is built on an image that waits for programs waits for them too', () => {
  const image = (name: string, on: string): Pick<PlannedImage, 'definition'> => {
    const definition: ImageDefinition = { name, version: '1', recipe: { by: 'dockerfile', directory: name, on } }
    return { definition }
  }
  const kubeadm: ImageDefinition = {
    ...image('node', 'debian').definition,
    recipe: { by: 'dockerfile', directory: 'node', on: 'debian', programs: [{ binary: 'kubeadm', package: 'kubeadm' }] },
  }
  const order = buildOrder([image('debian', 'scratch'), { definition: kubeadm }, image('on-node', 'node'), image('tools', 'debian')])
  expect(order.map(({ definition }) => definition.name)).toEqual(['debian', 'tools', 'node', 'on-node'])
})
