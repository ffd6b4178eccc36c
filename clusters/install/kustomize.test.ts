import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findTool } from '../kind/tools.ts'
import { writtenFiles } from '../testing/written-files.ts'
import { manifestsIn } from './parse-manifests.ts'
import { kustomizeError, renderKustomization } from './kustomize.ts'

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

const missing = 'accumulating resources: lstat none.yaml: no such file or directory'
const fetched = `accumulating resources: failed to run '/usr/bin/git fetch --depth=1 https://example.com/base HEAD': fatal: no host`

test.each([
  ['of an older kubectl', `error: ${missing}\n`, missing],
  ['of a newer one', 'E1128 18:33:22.432941   23996 run.go:72] "command failed" err="no \\"a\\" in it.\\n"\n', 'no "a" in it'],
  [
    'of a newer one in lines',
    `E1128 18:33:21.773768   23837 run.go:72] "command failed" err=<\n\t${fetched}\n\t: exit status 128\n >\n`,
    `${fetched} : exit status 128`,
  ],
])('the error %s is one line', (_, printed, said) => {
  expect(kustomizeError(printed)).toBe(said)
})

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
        /^Kustomization \S+ cannot be rendered: (?!E\d)[^\n]*none\.yaml[^\n]*\.$/,
      )
    })

    test('one that takes what cannot be fetched is told how to do without', async () => {
      const directory = kustomization('remote', { 'kustomization.yaml': `resources: ['http://127.0.0.1:9/base.yaml']\n` })
      await expect(renderKustomization(directory, options)).rejects.toMatchObject({
        message: expect.stringMatching(/^Kustomization \S+ cannot be rendered: [^\n]*127\.0\.0\.1:9[^\n]*\.$/),
        fix: expect.stringContaining('Put the bases that it takes from elsewhere beside it'),
      })
    })
  },
)
