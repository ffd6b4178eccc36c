import { expect, test } from 'vitest'
import { mutatedTemplate } from './workload-template.ts'

const template = {
  metadata: { labels: { app: 'controller' } },
  spec: {
    containers: [
      { name: 'csi-attacher', image: 'a', args: ['--timeout=60s'] },
      { name: 'csi-resizer', image: 'r', args: ['--timeout=60s'], command: ['/csi-resizer', 'serve'] },
    ],
  },
}

test('one container of a template runs the binary of its node, and the template itself stays', () => {
  const mutated = mutatedTemplate(template, { container: 'csi-resizer', binary: 'csi-resizer', mutant: 'not-grown' })
  expect(mutated.spec?.containers[0]).toEqual(template.spec.containers[0])
  expect(mutated.spec?.containers[1]).toMatchObject({
    image: 'r',
    args: ['--timeout=60s'],
    command: ['/holdfast-mutants/csi-resizer', 'serve'],
    env: [{ name: 'HOLDFAST_MUTANT', value: 'not-grown' }],
  })
  expect(template.spec.containers[1]).not.toHaveProperty('env')
})

test('a container without a command of its own gets one', () => {
  const mutated = mutatedTemplate(template, { container: 'csi-attacher', binary: 'csi-attacher', mutant: 'unasked' })
  expect(mutated.spec?.containers[0]?.command).toEqual(['/holdfast-mutants/csi-attacher'])
})
