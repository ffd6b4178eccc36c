import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KubernetesObject } from '@kubernetes/client-node'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../directories.ts'
import { sidecarImages } from '../images/sidecar-images.ts'
import { driverName } from '../profiles/default-profile.ts'
import { csiHostpath } from '../steps/csi-hostpath.ts'
import { findTool } from '../kind/tools.ts'
import { readInstallation } from './installation.ts'
import { listAt, textAt, valueAt } from './manifest.ts'
import { manifestsIn } from './parse-manifests.ts'

const directory = join(projectRoot, 'docs/examples/stranger')
const driver = join(directory, 'definition.yaml')
const objects = ['access.yaml', 'driver.yaml'].flatMap((file) => manifestsIn(readFileSync(join(directory, file), 'utf8'), file))
const references = sidecarImages.map(({ publicReference = '' }) => publicReference)

/** Command lines of all containers of some objects, by object and container in their order. */
function commandLines(some: readonly KubernetesObject[]): readonly (readonly string[])[] {
  return some.flatMap((object) =>
    listAt(object, 'spec', 'template', 'spec', 'containers').map((each) => listAt(each, 'args') as readonly string[]),
  )
}

async function read(install: readonly string[]) {
  return readInstallation({ driver, install, imageArchives: [] }, { config: {}, log: () => undefined, mayBuild: false })
}

test('the files of the example are installed as they are', async () => {
  const { definition, plan } = await read(['access.yaml', 'driver.yaml'].map((file) => join(directory, file)))
  expect(definition.driver).not.toBe(driverName)
  expect(plan.workloads.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)).toEqual([
    'Deployment stranger/stranger-controller',
    'DaemonSet stranger/stranger-node',
  ])
  expect(plan.notes).toEqual([])
  const sidecars = plan.images.map(({ reference }) => reference).filter((reference) => !reference.includes('csi-hostpath'))
  expect(references).toEqual(expect.arrayContaining(sidecars))
  expect(sidecars).toHaveLength(4)
})

test('its driver runs as ours does, under its own name and without faults', () => {
  const manifests = objects.map(({ manifest }) => manifest)
  const name =
    textAt(
      manifests.find(({ kind }) => kind === 'CSIDriver'),
      'metadata',
      'name',
    ) ?? ''
  const ours = commandLines(csiHostpath.objects({})).map((args) =>
    args.filter((each) => each !== '--faults').map((each) => each.replace(driverName, name)),
  )
  const theirs = commandLines(manifests).map((args) => args.filter((each) => each !== `--driver-name=${name}`))
  expect(theirs).toEqual(ours)
  const role = manifests.find(({ kind }) => kind === 'ClusterRole')
  expect(valueAt(role, 'rules')).toEqual(csiHostpath.rules)
})

const kubectl = await findTool('kubectl')

describe.skipIf(kubectl === undefined)(
  `with kubectl${kubectl === undefined ? ' (skipped: it is not installed and was not built)' : ''}`,
  () => {
    test('the kustomization takes all images from the archive', async () => {
      const { plan, from } = await read([directory])
      const images = plan.images.map(({ reference }) => reference)
      expect(images).toHaveLength(5)
      expect(images.filter((reference) => !reference.startsWith('registry.example.com/stranger/'))).toEqual([])
      expect(from.files).toEqual([
        {
          path: `kustomization ${directory}`,
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          renderedBy: expect.stringMatching(/^kubectl v/),
        },
      ])
    })
  },
)
