import { expect, test } from 'vitest'
import { readReport } from './sanity.ts'

const spec = (text: string, state: string, extra: object = {}) => ({
  LeafNodeType: 'It',
  ContainerHierarchyTexts: ['Node Service'],
  LeafNodeText: text,
  State: state,
  ...extra,
})

test('skipped and failed specs are listed with their reasons, and whatever neither passed nor was skipped has failed', () => {
  const specs = [
    spec('works', 'passed'),
    spec('fails', 'failed', { Failure: { Message: 'Expected success, but got an error' } }),
    spec('panics', 'panicked'),
    spec('hangs', 'timedout'),
    spec('is absent', 'skipped', { Failure: { Message: 'ModifyVolume not supported' } }),
    spec('is pending', 'pending'),
    { ...spec('', 'passed'), LeafNodeType: 'ReportAfterSuite' },
  ]
  expect(readReport(JSON.stringify([{ SpecReports: specs }]))).toEqual({
    passed: 1,
    failed: 3,
    skipped: 2,
    skippedSpecs: ['Node Service is absent: ModifyVolume not supported', 'Node Service is pending: switched off in csi-sanity itself'],
    failedSpecs: [
      { name: 'Node Service fails', message: 'Expected success, but got an error' },
      { name: 'Node Service panics', message: 'panicked' },
      { name: 'Node Service hangs', message: 'timedout' },
    ],
  })
})
