import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeDefinition } from './describe-definition.ts'
import { readDriverDefinition } from './read-definition.ts'

function linesOf(name: string): readonly string[] {
  const file = join(import.meta.dirname, 'fixtures', `${name}.yaml`)
  return describeDefinition(readDriverDefinition(file)).map((line) => line.replace(file, `${name}.yaml`))
}

test('access modes, sizes, times, other capabilities and old keys are told', () => {
  expect(linesOf('array')).toEqual([
    'Driver csi.array.example.com by array.yaml: ReadWriteOnce, ReadOnlyMany, ReadWriteOncePod; volumes from 8Gi to 16Ti.',
    [
      'Times that it allows: bind 600 s (Timeouts.ClaimProvision), attach 3600 s (Timeouts.PodStart), ',
      'snapshot 930 s (Timeouts.SnapshotCreate), delete 600 s (Timeouts.PVDelete).',
    ].join(''),
    [
      'No guarantee depends on these capabilities: exec, multipods, nodeExpansion, offlineExpansion, volumeLimits, ',
      'FSResizeFromSourceNotSupported, capReadOnlyMany.',
    ].join(''),
    'Kubernetes does not read ShortName any more.',
  ])
})

test('what is not said is not told', () => {
  expect(linesOf('smb')[0]).toBe('Driver smb.csi.k8s.io by smb.yaml: ReadWriteOnce, ReadWriteMany; volumes from 5Gi.')
  expect(linesOf('openebs-lvm').join(' ')).toContain('no volumeLimits')
  expect(linesOf('openebs-lvm').join(' ')).not.toContain('Times')
})

test('that Pods are not placed is told', () => {
  const definition = readDriverDefinition(join(import.meta.dirname, 'fixtures', 'cephfs.yaml'))
  const placed = describeDefinition({ ...definition, clientNodeName: 'node-7', nodeSelectors: { disk: 'fast' } })
  expect(placed).toContain('Pods of suites are not placed by ClientNodeName and NodeSelectors.')
})
