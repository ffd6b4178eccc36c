import { expect } from 'vitest'
import { conformance, kubectlPrinted, pod, podReady, pvc, pvcSized, runCommands, until } from '../../harness/index.ts'

conformance(
  {
    id: 'examples/commands',
    statement:
      'The commands of documents are valid: each ends with 0 where the objects that it names are there, and is answered with NotFound where they are not. Editing a PVC changes its size.',
    level: 'SHOULD',
    source: { page: 'reference/kubectl/', section: 'operations' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion', 'Kubectl'],
    mutants: ['growth-swallowed'],
    proves: {
      'manifest.trouble-commands': { valid: 'each-ends-well', placeholders: ['no-pvc', 'no-pod'] },
      'manifest.describe-and-edit-commands': { valid: 'each-ends-well', edit: ['each-ends-well', 'edited'] },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, kubectl, sizes } = fixtures
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('app', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'app' }), { within: limits.podReady })
    const { name: volume } = await namespace.pvOf('data')
    const names = { 'my-pvc': 'data', 'my-pod': 'app', 'my-namespace': namespace.name, 'my-pv': volume }

    await runCommands('trouble-commands', { names, fixtures })
    await runCommands('talk-commands', { names, editor: `sed -i s/${sizes.small}/${sizes.medium}/`, fixtures })
    const pvcAsWritten = await kubectl.run(['describe', 'pvc', 'my-pvc'])
    const podAsWritten = await kubectl.run(['describe', 'pod', 'my-pod'])

    await expect(pvcs).toReach(pvcSized({ pvc: 'data', size: sizes.medium }), { within: limits.pvcExpanded, as: 'edited' })
    await expect(history).toUphold(kubectlPrinted({ command: pvcAsWritten, exitCode: 1, lines: ['NotFound', 'my-pvc'] }), { as: 'no-pvc' })
    await expect(history).toUphold(kubectlPrinted({ command: podAsWritten, exitCode: 1, lines: ['NotFound', 'my-pod'] }), { as: 'no-pod' })
  },
)
