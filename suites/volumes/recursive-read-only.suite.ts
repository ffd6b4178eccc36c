import { expect } from 'vitest'
import { conformance, fileIn, podReady, readOnlyPath, recursivelyReadOnly, requestDenied, requestDone } from '../../harness/index.ts'

conformance(
  {
    id: 'volumes/recursive-read-only',
    statement:
      'With recursiveReadOnly Disabled, mounts below a read-only mount stay writable. With Enabled, and with IfPossible where the node supports it, they are read-only too.',
    level: 'MAY',
    source: { page: 'concepts/storage/volumes/', section: 'recursive-read-only-mounts' },
    requires: ['RecursiveReadOnlyMounts'],
    mutants: ['mounts-below-left-writable'],
    proves: { 'volume.recursive-readonly': { submounts: ['not-by-itself', 'enabled', 'if-possible'] } },
    since: '1.31',
    gate: 'RecursiveReadOnlyMounts',
    podSecurity: { level: 'privileged', why: 'Its Pod mounts a directory of its node below which another file system is mounted.' },
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const { name: own } = namespace
    const at = (path: string) => fileIn('reader', { namespace, measure }, path)
    const pods = await observe.pods()

    await namespace.apply(recursivelyReadOnly('reader', { cluster }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })

    const itself = await at(readOnlyPath('Disabled', own, 'itself')).tryToMake('a file in the mount itself')
    const disabled = await at(readOnlyPath('Disabled', own, 'below')).tryToMake('a file below it, Disabled')
    const enabled = await at(readOnlyPath('Enabled', own, 'below')).tryToMake('a file below it, Enabled')
    const ifPossible = await at(readOnlyPath('IfPossible', own, 'below')).tryToMake('a file below it, IfPossible')
    await expect(history).toUphold(requestDenied({ attempt: itself }))
    await expect(history).toUphold(requestDone({ attempt: disabled }), { as: 'not-by-itself' })
    await expect(history).toUphold(requestDenied({ attempt: enabled }), { as: 'enabled' })
    await expect(history).toUphold(requestDenied({ attempt: ifPossible }), { as: 'if-possible' })
  },
)
