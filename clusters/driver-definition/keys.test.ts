import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { accessModes, capabilities, keysOf, timeoutNames } from './keys.ts'
import { keysAt } from './schema.ts'

const cache = process.env['GOMODCACHE'] ?? join(process.env['GOPATH'] ?? join(homedir(), 'go'), 'pkg', 'mod')
const source = join(cache, 'k8s.io', `kubernetes@${keysOf}`, 'test', 'e2e')
const reason = existsSync(source) ? undefined : `k8s.io/kubernetes@${keysOf} is not in ${cache}`

/** The lines between the braces of a struct, without those of structs within. */
function bodyOf(text: string, opening: string): readonly string[] {
  const lines = text.slice(text.indexOf(opening)).split('\n').slice(1)
  let depth = 1
  const body: string[] = []
  for (const line of lines) {
    const bare = line.replace(/\/\/.*/, '').trim()
    if (depth === 1) body.push(bare)
    depth += bare.split('{').length - bare.split('}').length
    if (depth === 0) break
  }
  return body
}

function fieldsOf(file: string, opening: string): readonly string[] {
  const text = readFileSync(join(source, file), 'utf8')
  if (!text.includes(opening)) throw new Error(`${file} has no ${opening}`)
  return bodyOf(text, opening).flatMap((line) => /^([A-Z]\w*) /.exec(line)?.[1] ?? [])
}

/** Keys that Kubernetes has only after the version that the others were read from. */
const newer = ['SnapshotMetadataStressTestOptions']

describe.skipIf(reason !== undefined)(`the keys of Kubernetes${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  const external = 'storage/external/external.go'
  const driver = 'storage/framework/testdriver.go'

  test.each<[path: readonly string[], file: string, opening: string]>([
    [[], external, 'type driverDefinition struct {'],
    [['StorageClass'], external, 'StorageClass struct {'],
    [['SnapshotClass'], external, 'SnapshotClass struct {'],
    [['GroupSnapshotClass'], external, 'GroupSnapshotClass struct {'],
    [['VolumeAttributesClass'], external, 'VolumeAttributesClass struct {'],
    [['InlineVolumes', '0'], external, 'InlineVolumes []struct {'],
    [['DriverInfo'], driver, 'type DriverInfo struct {'],
    [['DriverInfo', 'SupportedSizeRange'], 'framework/volume/fixtures.go', 'type SizeRange struct {'],
    [['DriverInfo', 'StressTestOptions'], driver, 'type StressTestOptions struct {'],
    [['DriverInfo', 'VolumeSnapshotStressTestOptions'], driver, 'type VolumeSnapshotStressTestOptions struct {'],
    [['DriverInfo', 'VolumeModifyStressTestOptions'], driver, 'type VolumeModifyStressTestOptions struct {'],
    [['DriverInfo', 'VolumeGroupSnapshotStressTestOptions'], driver, 'type VolumeGroupSnapshotStressTestOptions struct {'],
    [['DriverInfo', 'PerformanceTestOptions'], driver, 'type PerformanceTestOptions struct {'],
    [['DriverInfo', 'PerformanceTestOptions', 'ProvisioningOptions'], driver, 'type PerformanceTestProvisioningOptions struct {'],
    [['DriverInfo', 'PerformanceTestOptions', 'ProvisioningOptions', 'ExpectedMetrics'], driver, 'type Metrics struct {'],
    [['Timeouts'], 'framework/timeouts.go', 'type TimeoutContext struct {'],
  ])('at %j are those of the source', (path, file, opening) => {
    const known = keysAt(path).filter((key) => !newer.includes(key))
    expect(known.toSorted()).toEqual(fieldsOf(file, opening).toSorted())
  })

  test('the capabilities are those of the source', () => {
    const text = readFileSync(join(source, driver), 'utf8')
    const found = [...text.matchAll(/^\s+Cap\w+\s+Capability = "(\w+)"/gm)].map(([, name = '']) => name)
    expect(found.toSorted()).toEqual(capabilities.toSorted())
  })
})

test('no key is there twice', () => {
  for (const names of [capabilities, timeoutNames, accessModes]) expect(new Set<string>(names).size).toBe(names.length)
})
