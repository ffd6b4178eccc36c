import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { SetupError } from '../setup-error.ts'
import type { ClassKind, ClassManifest, ClassSource } from './definition.ts'
import { readYamlFile } from './yaml-file.ts'

/** A class as a definition names it. */
export interface WrittenSource {
  readonly FromName?: boolean | null | undefined
  readonly FromFile?: string | null | undefined
  readonly FromExistingClassName?: string | null | undefined
}

/** What a class source is read for. */
export interface SourceOf {
  /** Path of the definition. */
  readonly file: string
  /** Name of its driver. */
  readonly driver: string
  readonly kind: ClassKind
  /** Section of the definition that names the class. */
  readonly section: string
}

/** API group of each kind of class, and its field that names the driver. */
const kinds: Readonly<Record<ClassKind, { readonly group: string; readonly driverField: string }>> = {
  StorageClass: { group: 'storage.k8s.io', driverField: 'provisioner' },
  VolumeAttributesClass: { group: 'storage.k8s.io', driverField: 'driverName' },
  VolumeSnapshotClass: { group: 'snapshot.storage.k8s.io', driverField: 'driver' },
  VolumeGroupSnapshotClass: { group: 'groupsnapshot.storage.k8s.io', driverField: 'driver' },
}

/**
 * Where a class comes from. Of several sources Kubernetes takes the name, then the existing class, then the file, and so does this.
 * Undefined when the definition names none. Throws a `SetupError` for a file that is missing or holds no such class of the driver.
 */
export function classSource(written: WrittenSource | null | undefined, of: SourceOf): ClassSource | undefined {
  const { FromName, FromExistingClassName, FromFile } = written ?? {}
  if (FromName === true) return { from: 'name', key: `${of.section}.FromName` }
  if (FromExistingClassName) return { from: 'existing', key: `${of.section}.FromExistingClassName`, name: FromExistingClassName }
  if (!FromFile) return undefined
  const path = pathOf(FromFile, of)
  return { from: 'file', key: `${of.section}.FromFile`, path, manifest: manifestIn(path, of) }
}

function pathOf(given: string, { file, section }: SourceOf): string {
  const places = isAbsolute(given) ? [given] : [...new Set([join(dirname(file), given), resolve(given)])]
  const found = places.find((place) => existsSync(place))
  if (found !== undefined) return found
  throw new SetupError(`Driver definition ${file} takes its class from ${section}.FromFile: ${given}, which does not exist.`, {
    fix: `Put the file at ${places.join(' or ')}, or correct that key.`,
  })
}

function manifestIn(path: string, { driver, kind, section }: SourceOf): ClassManifest {
  const title = `File ${path} of ${section}.FromFile`
  const { group, driverField } = kinds[kind]
  const fix = `Let it hold one ${kind} of driver ${driver}.`
  const schema = z.looseObject({
    apiVersion: z.string().startsWith(`${group}/`),
    kind: z.literal(kind),
    [driverField]: z.string(),
    parameters: z.record(z.string(), z.string()).nullish(),
  })
  const parsed = schema.safeParse(readYamlFile({ path, title }))
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? ''
    const what = where.startsWith('parameters') ? `has a value for ${where} that is no text` : `is not a ${kind} of ${group}`
    throw new SetupError(`${title} ${what}.`, { fix: where.startsWith('parameters.') ? 'Write that value in quotes.' : fix })
  }
  const found = parsed.data[driverField]
  const named = typeof found === 'string' ? found : ''
  if (named === driver) return parsed.data
  throw new SetupError(`${title} holds a class of driver ${named}, but the definition is about driver ${driver}.`, { fix })
}
