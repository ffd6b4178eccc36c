import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { kubeadmImages, programs, sidecarImages } from './catalogue.ts'
import { goModuleDirectory } from './go-programs.ts'
import { mirrored, planImages } from './plan.ts'
import { versions } from './versions.ts'

test('offline, every image is ours by name', () => {
  for (const image of planImages('offline').images.values()) expect(image.reference).toMatch(/^holdfast\.local\//)
})

test('from a registry, public images keep their names and ours stay ours', () => {
  const plan = planImages('registry')
  expect(plan.images.get('csi-provisioner')?.reference).toBe(`registry.k8s.io/sig-storage/csi-provisioner:${versions.csiProvisioner}`)
  expect(plan.images.get('csi-hostpath')?.reference).toMatch(/^holdfast\.local\//)
  expect(plan.images.has('kube-apiserver')).toBe(false)
})

test('a mirror takes the place of the registry’s host', () => {
  expect(mirrored('registry.k8s.io/sig-storage/csi-resizer:v2', 'mirror.example/k8s/')).toBe(
    'mirror.example/k8s/sig-storage/csi-resizer:v2',
  )
  expect(mirrored('registry.k8s.io/x:v1', undefined)).toBe('registry.k8s.io/x:v1')
})

test('the same sources plan the same node image, the two origins different ones', () => {
  expect(planImages('offline').nodeReference).toBe(planImages('offline').nodeReference)
  expect(planImages('offline').nodeReference).not.toBe(planImages('registry').nodeReference)
})

test('the Go module pins every program of the catalogue, at the version the catalogue names', () => {
  const module = readFileSync(join(goModuleDirectory(), 'go.mod'), 'utf8')
  const recipes = [...kubeadmImages, ...sidecarImages].flatMap((image) => (image.recipe.by === 'go' ? [image.recipe.program] : []))
  for (const program of [...recipes, ...Object.values(programs)]) expect(module).toContain(`\t${program.package}\n`)
  expect(module).toContain(`k8s.io/kubernetes ${versions.kubernetes}`)
  expect(module).toContain(`sigs.k8s.io/kind ${versions.kind}`)
  expect(module).toContain(`external-provisioner/v6 ${versions.csiProvisioner}`)
  expect(module).toContain(`external-snapshotter/v8 ${versions.csiSnapshotter}`)
})

test('an image that cannot be pulled is built, alone; one that cannot be built either is left out', () => {
  const whole = planImages('registry', { profile: 'velero' })
  const plan = planImages('registry', { profile: 'velero', built: new Set(['redis', 'mongodb']) })
  expect(plan.images.get('redis')?.reference).toMatch(/^holdfast\.local\/redis:/)
  expect(plan.images.has('mongodb')).toBe(false)
  expect(plan.images.get('postgres')).toEqual(whole.images.get('postgres'))
  expect(plan.nodeReference).not.toBe(whole.nodeReference)
})
