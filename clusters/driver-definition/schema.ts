import { z } from 'zod'
import { bytesOf } from '../../contract/quantity.ts'
import { secondsOf } from './duration.ts'
import { accessModes, capabilities, timeoutNames } from './keys.ts'

/** A key that may be left out, or have no value: both leave the default. */
function maybe<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish()
}

/** Keys that may each be left out, with the same kind of value. */
type Keyed<Name extends string, Schema extends z.ZodType> = Readonly<Record<Name, z.ZodOptional<z.ZodNullable<Schema>>>>

/** A key for each name, with the same kind of value. */
function keyed<Name extends string, Schema extends z.ZodType>(
  names: readonly Name[],
  schema: Schema,
): z.ZodObject<Keyed<Name, Schema>, z.core.$strict> {
  return z.strictObject(Object.fromEntries(names.map((name) => [name, maybe(schema)])) as Keyed<Name, Schema>)
}

const text = z.string('must be a text')
const truth = z.boolean('must be true or false')
const count = z.int('must be a whole number').min(0, 'must not be negative')
const size = text.refine((value) => value === '' || bytesOf(value) !== undefined, 'must be a size such as 5Gi')
const time = text.refine((value) => secondsOf(value) !== undefined, 'must be a duration such as 90s or 1h30m')
const texts = z.record(z.string(), text, 'must hold texts by name')
/** How Go writes a set: its members are the keys. */
const set = z.record(z.string(), maybe(z.strictObject({})), 'must be a set such as {ext4: {}, xfs: {}}')

const existingOrFile = { FromFile: maybe(text), FromExistingClassName: maybe(text) }
const classSource = maybe(z.strictObject({ FromName: maybe(truth), ...existingOrFile }))
const stress = (names: readonly ('NumPods' | 'NumRestarts' | 'NumSnapshots' | 'NumSnapshotPairs')[]) => maybe(keyed(names, count))

const driverInfo = z.strictObject({
  Name: maybe(text),
  InTreePluginName: maybe(text),
  TestTags: maybe(z.array(z.unknown(), 'must be a list')),
  MaxFileSize: maybe(z.int('must be a number of bytes')),
  SupportedSizeRange: maybe(keyed(['Min', 'Max', 'Step'], size)),
  SupportedFsType: maybe(set),
  SupportedMountOption: maybe(set),
  RequiredMountOption: maybe(set),
  Capabilities: maybe(keyed(capabilities, truth)),
  RequiredAccessModes: maybe(z.array(z.enum(accessModes, `must be one of ${accessModes.join(', ')}`), 'must be a list of access modes')),
  TopologyKeys: maybe(z.array(text, 'must be a list of keys')),
  NumAllowedTopologies: maybe(count),
  StressTestOptions: stress(['NumPods', 'NumRestarts']),
  VolumeSnapshotStressTestOptions: stress(['NumPods', 'NumSnapshots']),
  VolumeModifyStressTestOptions: stress(['NumPods']),
  VolumeGroupSnapshotStressTestOptions: stress(['NumPods', 'NumSnapshots']),
  // New in v1.38.
  SnapshotMetadataStressTestOptions: stress(['NumPods', 'NumSnapshotPairs']),
  PerformanceTestOptions: maybe(
    z.strictObject({
      ProvisioningOptions: maybe(
        z.strictObject({
          VolumeSize: maybe(size),
          Count: maybe(count),
          ExpectedMetrics: maybe(
            z.strictObject({
              AvgLatency: maybe(z.int('must be a whole number of nanoseconds')),
              Throughput: maybe(z.number('must be a number')),
            }),
          ),
        }),
      ),
    }),
  ),
})

/** A definition file as Kubernetes' storage tests read it: every key, none of which must be there but `DriverInfo.Name`. */
export const definitionSchema = z.strictObject({
  StorageClass: classSource,
  SnapshotClass: classSource,
  GroupSnapshotClass: classSource,
  VolumeAttributesClass: maybe(z.strictObject(existingOrFile)),
  InlineVolumes: maybe(
    z.array(z.strictObject({ Attributes: maybe(texts), Shared: maybe(truth), ReadOnly: maybe(truth) }), 'must be a list of volumes'),
  ),
  ClientNodeName: maybe(text),
  NodeSelectors: maybe(texts),
  Timeouts: maybe(keyed(timeoutNames, time)),
  DriverInfo: maybe(driverInfo),
})

/** A definition file as it is written. */
export type WrittenDefinition = z.infer<typeof definitionSchema>

/** The keys that may stand at a place in a definition; none where any name may. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = definitionSchema
  for (const step of path) {
    schema = bare(schema)
    if (schema instanceof z.ZodArray) schema = schema.element
    else if (schema instanceof z.ZodObject) schema = (schema.shape as Readonly<Record<PropertyKey, unknown>>)[step]
    else return []
  }
  schema = bare(schema)
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

function bare(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? bare(schema.unwrap()) : schema
}
