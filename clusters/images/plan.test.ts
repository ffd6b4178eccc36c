import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { type GoModule, kubeadmImages, localPathImage, moduleOf, nodeBaseImage, programsOf, sidecarModule } from './catalogue.ts'
import { goModuleDirectory } from './go-programs.ts'
import { programs } from '../kind/tools.ts'
import { holdfastImageDefinition } from './holdfast-files.ts'
import { kubernetesReleases } from './kubernetes-release.ts'
import { keptReferences } from './node-stages.ts'
import { mirrored, planImages } from './plan.ts'
import { sidecarImages } from './sidecar-images.ts'
import { strangerImages } from './stranger-images.ts'
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

test.each(strangerImages)('the image $name of strangers changes no node', (image) => {
  const plan = planImages('offline', { apart: [image] })
  expect(plan.nodeReference).toBe(planImages('offline').nodeReference)
  expect(plan.images.get(image.name)?.reference).toContain(`holdfast.local/${image.name}:${image.version}-`)
})

test('another kubectl on this machine makes another image of Holdfast, and no other', () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(directory, { recursive: true })
  })
  vi.stubEnv('PATH', `${directory}:${process.env['PATH']}`)
  const plans = ['v1.37.1', 'v1.37.2'].map((version) => {
    writeFileSync(join(directory, 'kubectl'), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 })
    return planImages('offline', { apart: [holdfastImageDefinition] })
  })
  const names = [...(plans[0]?.images.keys() ?? [])]
  expect(names.filter((name) => plans[0]?.images.get(name)?.reference !== plans[1]?.images.get(name)?.reference)).toEqual(['holdfast'])
  expect(plans[0]?.nodeReference).toBe(plans[1]?.nodeReference)
})

test('local-path has its Go module', () => {
  expect(localPathImage.version).toBe(versions.localPath)
  expect(goModOf('go-local-path')).toContain(`github.com/rancher/local-path-provisioner ${versions.localPath}`)
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

function goModOf(module: GoModule): string {
  return readFileSync(join(goModuleDirectory(module), 'go.mod'), 'utf8')
}

test.each(kubernetesReleases)('the Go module of $kubernetes pins its programs, at the versions of its pins', (release) => {
  const module = goModOf(moduleOf(release))
  const made = [...kubeadmImages(release), nodeBaseImage(release)].flatMap(programsOf)
  for (const program of made.filter(({ module: from }) => from === moduleOf(release))) expect(module).toContain(`\t${program.package}\n`)
  expect(module).toContain(`k8s.io/kubernetes ${release.kubernetes}`)
  expect(module).toContain(`k8s.io/api => k8s.io/api ${release.kubernetes.replace('v1.', 'v0.')}`)
  expect(module).toContain(`go.etcd.io/etcd/server/v3 v${release.etcd.replace(/-\d+$/, '')}`)
  const { coredns, corednsApart = false } = release
  const ofCoreDNS = corednsApart ? goModOf(`${moduleOf(release)}/coredns`) : module
  expect(ofCoreDNS).toContain(`github.com/coredns/coredns ${coredns}`)
  expect(module.includes('github.com/coredns/coredns')).toBe(!corednsApart)
  expect(module).toContain(`sigs.k8s.io/kind ${versions.kind}`)
})

test('the Go module of the sidecars pins them, at the versions that the catalogue names', () => {
  const module = goModOf(sidecarModule)
  for (const program of [...sidecarImages.flatMap(programsOf), ...Object.values(programs)])
    expect(module).toContain(`\t${program.package}\n`)
  expect(module).toContain(`csi-test/v5 ${versions.csiSanity}`)
})

test.each(sidecarImages)('the Go module of the sidecars has $name at $version', (image) => {
  const pinned = Array.from(goModOf(sidecarModule).matchAll(/^\t(\S+) (v\S+)/gm), ([, path = '', version = '']) => ({ path, version }))
  const versionsOf = programsOf(image).map((program) => pinned.find(({ path }) => program.package.startsWith(`${path}/`))?.version)
  expect(versionsOf).toEqual([image.version])
})

test('two versions of Kubernetes share all images but those of Kubernetes', () => {
  const [one, other] = kubernetesReleases.slice(-2).map(({ minor }) => planImages('offline', { profile: 'velero', kubernetes: minor }))
  const shared = [...(one?.images ?? [])].filter(([name, image]) => other?.images.get(name)?.reference === image.reference)
  const names = shared.map(([name]) => name)
  expect(names).toEqual(expect.arrayContaining(['debian', 'tools', 'csi-provisioner', 'velero', 'csi-hostpath', 'workload']))
  expect(names).not.toContain('kube-apiserver')
  expect(names).not.toContain('node-base')
  expect(one?.nodeReference).not.toBe(other?.nodeReference)
})

test('images of one version are not older ones of another', () => {
  for (const { minor } of kubernetesReleases) {
    const kept = keptReferences(planImages('offline', { kubernetes: minor }))
    for (const other of kubernetesReleases) expect(kept).toContain(planImages('offline', { kubernetes: other.minor }).nodeReference)
  }
})

test('what the user names takes the place of one image, and makes another node', () => {
  const component = { reference: 'registry.example.com/csi-resizer:dev', content: 'sha256:1234', version: 'csi-resizer:dev' }
  const plan = planImages('offline', { components: new Map([['csi-resizer', component]]) })
  expect(plan.images.get('csi-resizer')).toMatchObject({
    reference: component.reference,
    pulled: true,
    definition: { version: 'csi-resizer:dev' },
  })
  expect(plan.images.get('csi-resizer')?.definition).not.toHaveProperty('publicReference')
  expect(plan.images.get('csi-attacher')).toEqual(planImages('offline').images.get('csi-attacher'))
  expect(plan.nodeReference).not.toBe(planImages('offline').nodeReference)
})

test('an image that cannot be pulled is built, alone; one that cannot be built either is left out', () => {
  const whole = planImages('registry', { profile: 'velero' })
  const plan = planImages('registry', { profile: 'velero', built: new Set(['redis', 'mongodb']) })
  expect(plan.images.get('redis')?.reference).toMatch(/^holdfast\.local\/redis:/)
  expect(plan.images.has('mongodb')).toBe(false)
  expect(plan.images.get('postgres')).toEqual(whole.images.get('postgres'))
  expect(plan.nodeReference).not.toBe(whole.nodeReference)
})
