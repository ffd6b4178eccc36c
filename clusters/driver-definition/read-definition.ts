import { resolve } from 'node:path'
import type { z } from 'zod'
import { didYouMean } from '../../contract/nearest-name.ts'
import { bytesOf } from '../../contract/quantity.ts'
import { SetupError } from '../setup-error.ts'
import { classSource, type SourceOf, type WrittenSource } from './class-sources.ts'
import type { ClassSource, DriverDefinition, Size, StressOptions } from './definition.ts'
import { secondsOf } from './duration.ts'
import { type Capability, keysOf, retiredKeys } from './keys.ts'
import { definitionSchema, keysAt, type WrittenDefinition } from './schema.ts'
import { readYamlFile } from './yaml-file.ts'

type WrittenInfo = NonNullable<WrittenDefinition['DriverInfo']>

/** The smallest volume of a driver whose definition names none. */
const usualMin = '5Gi'

/**
 * Reads a driver definition as Kubernetes' storage tests do (`e2e.test --storage.testdriver`), with their defaults. They ignore a key that
 * they do not know; here it is an error with the nearest one. Throws a `SetupError` of one sentence for a file that is none.
 */
export function readDriverDefinition(path: string): DriverDefinition {
  const file = resolve(path)
  const { content, retired } = withoutRetired(readYamlFile({ path: file, title: `Driver definition ${file}` }))
  const parsed = definitionSchema.safeParse(content ?? {})
  if (!parsed.success) throw refusal(file, content, parsed.error.issues[0])
  return defined(file, parsed.data, retired)
}

function withoutRetired(content: unknown): { readonly content: unknown; readonly retired: readonly string[] } {
  const retired: string[] = []
  const strip = (value: unknown, path: string): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const entries = Object.entries(value).map(([key, inner]) => ({ key, inner, whole: path === '' ? key : `${path}.${key}` }))
    retired.push(...entries.flatMap(({ whole }) => (retiredKeys.has(whole) ? [whole] : [])))
    return Object.fromEntries(
      entries.filter(({ whole }) => !retiredKeys.has(whole)).map(({ key, inner, whole }) => [key, strip(inner, whole)]),
    )
  }
  return { content: strip(content, ''), retired }
}

function refusal(file: string, content: unknown, issue: z.core.$ZodIssue | undefined): SetupError {
  const path = issue?.path ?? []
  const where = path.join('.')
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? ''
    const known = keysAt(path)
    const near = didYouMean(key, known)
    return new SetupError(
      `Driver definition ${file} has the key ${[...path, key].join('.')}, which Kubernetes ${keysOf} does not know.${near}`,
      {
        fix:
          known.length === 0 ? 'Leave it out.' : `Use only ${known.join(', ')}${where === '' ? '' : ` below ${where}`}, or leave it out.`,
      },
    )
  }
  if (where === '') {
    return new SetupError(`Driver definition ${file} is not a mapping of keys to values.`, {
      fix: 'Write it as Kubernetes describes it in test/e2e/storage/external/README.md.',
    })
  }
  const found = path.reduce<unknown>((value, key) => (value as Readonly<Record<PropertyKey, unknown>>)[key], content)
  const must = issue?.message.startsWith('must') === true ? issue.message : 'must be a mapping of keys to values'
  const quoted = must === 'must be a text' && typeof found !== 'object' ? ', in quotes' : ''
  return new SetupError(`Driver definition ${file} has ${JSON.stringify(found)} for ${where}, but it ${must}${quoted}.`, {
    fix: 'Correct that value.',
  })
}

function defined(file: string, written: WrittenDefinition, retired: readonly string[]): DriverDefinition {
  const info = written.DriverInfo ?? {}
  const driver = info.Name ?? ''
  if (driver === '') {
    throw new SetupError(`Driver definition ${file} names no driver.`, { fix: 'Set DriverInfo.Name to the name of its CSIDriver object.' })
  }
  const source = (section: string, kind: SourceOf['kind'], from: WrittenSource | null | undefined): ClassSource | undefined =>
    classSource(from, { file, driver, kind, section })
  return {
    ...{ file, driver, retired },
    storageClass: source('StorageClass', 'StorageClass', written.StorageClass),
    snapshotClass: source('SnapshotClass', 'VolumeSnapshotClass', written.SnapshotClass),
    groupSnapshotClass: source('GroupSnapshotClass', 'VolumeGroupSnapshotClass', written.GroupSnapshotClass),
    volumeAttributesClass: source('VolumeAttributesClass', 'VolumeAttributesClass', written.VolumeAttributesClass),
    capabilities: capabilitiesOf(info),
    sizes: sizesOf(file, info),
    maxFileSize: info.MaxFileSize ?? undefined,
    // The default file system is in Kubernetes' set before the file adds to it.
    fileSystems: [...new Set(['', ...membersOf(info.SupportedFsType)])],
    mountOptions: { supported: membersOf(info.SupportedMountOption), required: membersOf(info.RequiredMountOption) },
    requiredAccessModes: info.RequiredAccessModes?.length ? info.RequiredAccessModes : ['ReadWriteOnce'],
    topologyKeys: info.TopologyKeys ?? [],
    allowedTopologies: info.NumAllowedTopologies || 1,
    inlineVolumes: (written.InlineVolumes ?? []).map(({ Attributes, Shared, ReadOnly }) => ({
      attributes: Attributes ?? {},
      shared: Shared ?? false,
      readOnly: ReadOnly ?? false,
    })),
    clientNodeName: written.ClientNodeName || undefined,
    nodeSelectors: written.NodeSelectors ?? {},
    timeouts: timeoutsOf(written.Timeouts),
    stress: stressOf(info),
  }
}

function membersOf(set: Readonly<Record<string, unknown>> | null | undefined): readonly string[] {
  return Object.keys(set ?? {})
}

/** A driver whose volumes can grow at all is taken to grow them both in use and out of use, unless the file says otherwise. */
function capabilitiesOf({ Capabilities }: WrittenInfo): DriverDefinition['capabilities'] {
  const given: Partial<Record<Capability, boolean>> = {}
  for (const [name, value] of Object.entries(Capabilities ?? {})) if (typeof value === 'boolean') given[name as Capability] = value
  return given.controllerExpansion === true ? { onlineExpansion: true, offlineExpansion: true, ...given } : given
}

function sizesOf(file: string, { SupportedSizeRange }: WrittenInfo): DriverDefinition['sizes'] {
  const { Min, Max, Step } = SupportedSizeRange ?? {}
  const read = (text: string | null | undefined): Size | undefined => (text ? { text, bytes: bytesOf(text) ?? 0 } : undefined)
  const [min = { text: '1Ki', bytes: 1024 }, max, step] = [read(Min ?? usualMin), read(Max), read(Step)]
  if (max === undefined || max.bytes >= min.bytes) return { min, ...(max && { max }), ...(step && { step }) }
  const said = Min == null ? `${usualMin}, the default for Min` : `Min: ${min.text}`
  throw new SetupError(`Driver definition ${file} has a SupportedSizeRange whose Max: ${max.text} is less than ${said}.`, {
    fix: 'Correct DriverInfo.SupportedSizeRange.',
  })
}

function timeoutsOf(written: WrittenDefinition['Timeouts']): DriverDefinition['timeouts'] {
  const given = Object.entries(written ?? {}).flatMap(([name, text]) => {
    const seconds = secondsOf(text ?? '')
    return seconds === undefined ? [] : [[name, seconds] as const]
  })
  return Object.fromEntries(given)
}

function stressOf(info: WrittenInfo): DriverDefinition['stress'] {
  type Written = { readonly [key in 'NumPods' | 'NumRestarts' | 'NumSnapshots']?: number | null | undefined }
  const read = (written: Written | null | undefined): StressOptions | undefined =>
    written == null
      ? undefined
      : {
          pods: written.NumPods ?? 0,
          ...(written.NumRestarts != null && { restarts: written.NumRestarts }),
          ...(written.NumSnapshots != null && { snapshots: written.NumSnapshots }),
        }
  const [pods, snapshots, modifications, groupSnapshots] = [
    read(info.StressTestOptions),
    read(info.VolumeSnapshotStressTestOptions),
    read(info.VolumeModifyStressTestOptions),
    read(info.VolumeGroupSnapshotStressTestOptions),
  ]
  return {
    ...(pods && { pods }),
    ...(snapshots && { snapshots }),
    ...(modifications && { modifications }),
    ...(groupSnapshots && { groupSnapshots }),
  }
}
