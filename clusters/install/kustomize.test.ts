import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findTool } from '../tools.ts'
import { writtenFiles } from '../testing/written-files.ts'
import { manifestsIn } from './parse-manifests.ts'
import { renderKustomization } from './kustomize.ts'

const files = writtenFiles('kustomization.yaml')
const options = { log: () => undefined, mayBuild: false }
const kubectl = await findTool('kubectl')

function kustomization(name: string, contents: Readonly<Record<string, string>>): string {
  const directory = join(files.directory, name)
  mkdirSync(directory)
  for (const [file, text] of Object.entries(contents)) writeFileSync(join(directory, file), text)
  return directory
}

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: driver}\nspec: {containers: [{name: main, image: driver:v1}]}\n'

describe.skipIf(kubectl === undefined)(
  `with kubectl${kubectl === undefined ? ' (skipped: it is not installed and was not built)' : ''}`,
  () => {
    test('resources, namespace, labels, images and patches are rendered', async () => {
      const directory = kustomization('whole', {
        'pod.yaml': pod,
        'kustomization.yaml': `
resources: [pod.yaml]
namespace: storage
labels: [{pairs: {app: driver}}]
images: [{name: driver, newName: example.com/driver, newTag: v2}]
patches: [{target: {kind: Pod}, patch: '[{"op": "add", "path": "/spec/containers/0/imagePullPolicy", "value": "IfNotPresent"}]'}]
`,
      })
      const { text, by } = await renderKustomization(directory, options)
      expect(manifestsIn(text, 'rendered').map(({ manifest }) => manifest)).toEqual([
        {
          ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'driver', namespace: 'storage', labels: { app: 'driver' } } },
          spec: { containers: [{ name: 'main', image: 'example.com/driver:v2', imagePullPolicy: 'IfNotPresent' }] },
        },
      ])
      expect(by).toMatch(/^kubectl v1\.\d+/)
    })

    test('one that is wrong is refused in one sentence', async () => {
      const directory = kustomization('wrong', { 'kustomization.yaml': 'resources: [none.yaml]\n' })
      await expect(renderKustomization(directory, options)).rejects.toThrow(
        /^Kustomization \S+ cannot be rendered: [^\n]*none\.yaml[^\n]*\.$/,
      )
    })
  },
)
