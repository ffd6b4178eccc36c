import type { NamespaceActs } from '../../engine/fixtures/namespace.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import type { Manifest } from '../../engine/kubernetes/reference.ts'
import { field } from '../../engine/object.ts'
import { documentsIn, type ExampleName, textAsWritten, textOfExample, withoutCommentary, type WrittenName } from './example-text.ts'
import { type ExampleSite, type StandInOptions, withStandIns } from './stand-ins.ts'

/** What of the fixtures examples are applied with. */
export type ExampleFixtures = ExampleSite & { readonly namespace: Pick<NamespaceActs, 'name' | 'apply' | 'attempt'> }

/** Which objects of an example are meant, and what stands for what they name. */
export interface ExampleOptions extends StandInOptions {
  /** Kinds of the objects; all of them when absent. */
  readonly only?: readonly string[]
}

/**
 * Applies the objects of a file of `docs/examples`, in their order, with the stand-ins of the cluster. Throws `ApiError` for one that is
 * refused.
 */
export async function applyExample(name: ExampleName, fixtures: ExampleFixtures, options: ExampleOptions = {}): Promise<void> {
  for (const object of objectsOf(textOfExample(name), fixtures, options)) await fixtures.namespace.apply(object)
}

/** An object of a file of `docs/examples`, by its kind, with the stand-ins of the cluster. Throws a `TypeError` where there is none. */
export function objectOfExample(
  name: ExampleName,
  kind: string,
  { fixtures, ...options }: StandInOptions & { readonly fixtures: ExampleSite },
) {
  const [object] = objectsOf(textOfExample(name), fixtures, { ...options, only: [kind] })
  if (object === undefined) throw new TypeError(`Example ${name} has no ${kind}.`)
  return object
}

/** A file of `docs/examples`, to the letter, and its name, for `kubectl`. */
export function fileOfExample(name: ExampleName): { readonly file: string; readonly files: Readonly<Record<string, string>> } {
  const file = `${name}.yaml`
  return { file, files: { [file]: textOfExample(name) } }
}

/** How an example of a document is sent. */
export interface WrittenOptions extends ExampleOptions {
  /** `Strict` unless told otherwise, as `kubectl` has it: unknown fields are refused. */
  readonly fieldValidation?: 'Strict' | 'Ignore'
  /** Its objects alone unless told otherwise; `whole` is all that stands there, a timeline too. */
  readonly text?: 'objects' | 'whole'
}

/**
 * Creates the objects of an example as a document has it, in their order, as `kubectl create` does. What is refused is an answer like
 * another. Resolves to the objects that are stored.
 */
export async function createAsWritten(
  name: WrittenName,
  fixtures: ExampleFixtures,
  { fieldValidation = 'Strict', ...options }: WrittenOptions = {},
): Promise<readonly ObservedObject[]> {
  const stored: ObservedObject[] = []
  for (const object of writtenObjects(name, fixtures, options)) {
    const attempt = await fixtures.namespace.attempt.create(object, { fieldValidation })
    if (attempt.accepted) stored.push(attempt.result)
  }
  return stored
}

/** Applies the objects of an example as a document has it onto those that are there. What is refused is an answer like another. */
export async function applyAsWritten(name: WrittenName, fixtures: ExampleFixtures, options: WrittenOptions = {}): Promise<void> {
  for (const object of writtenObjects(name, fixtures, options)) await fixtures.namespace.attempt.apply(object)
}

/** A file with an example as a document has it, to the letter, and its name, for `kubectl`. */
export function fileAsWritten(name: WrittenName): { readonly file: string; readonly files: Readonly<Record<string, string>> } {
  const file = `${name}.yaml`
  return { file, files: { [file]: textAsWritten(name) } }
}

/**
 * A file for `kubectl` with the objects of an example as a document has it, with the stand-ins of the cluster and further fields of their
 * spec, and its name.
 */
export function fileWithStandIns(
  name: WrittenName,
  { fixtures, spec = {}, ...options }: WrittenOptions & { readonly fixtures: ExampleSite; readonly spec?: object },
): { readonly file: string; readonly files: Readonly<Record<string, string>> } {
  const file = `${name}.json`
  const objects = writtenObjects(name, fixtures, options)
  const whole = objects.map((object) => ({ ...object, spec: { ...(field(object, 'spec') as object | undefined), ...spec } }))
  return { file, files: { [file]: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: whole }) } }
}

/**
 * The StatefulSet of an example of a document, under a name of its own, with the `volumeClaimTemplates` that another one repeats in place
 * of those that it has.
 */
export function splicedSet(name: string, { of, fragment, fixtures, ...options }: StandInOptions & Splice) {
  const set = documentsIn(textAsWritten(of)).find((document): document is Manifest => field(document, 'kind') === 'StatefulSet')
  if (set === undefined) throw new TypeError(`Example ${of} has no StatefulSet.`)
  const [part] = documentsIn(textAsWritten(fragment))
  const spliced = { ...set, metadata: { ...set.metadata, name }, spec: { ...(field(set, 'spec') as object), ...(part as object) } }
  return withStandIns(spliced, { ...options, cluster: fixtures.cluster, namespace: fixtures.namespace })
}

/** An example and the fragment that goes into it. */
interface Splice {
  readonly of: WrittenName
  readonly fragment: WrittenName
  readonly fixtures: ExampleSite
}

function writtenObjects(name: WrittenName, site: ExampleSite, { text = 'objects', ...options }: WrittenOptions): readonly Manifest[] {
  const all = textAsWritten(name)
  return objectsOf(text === 'objects' ? withoutCommentary(all) : all, site, { driver: 'as-written', ...options })
}

function objectsOf(text: string, site: ExampleSite, { only, ...options }: ExampleOptions): readonly Manifest[] {
  const objects = documentsIn(text).filter(isManifest)
  return objects
    .filter(({ kind }) => only === undefined || only.includes(kind))
    .map((object) => withStandIns(object, { ...options, cluster: site.cluster, namespace: site.namespace }))
}

function isManifest(document: unknown): document is Manifest {
  return typeof document === 'object' && document !== null && 'kind' in document
}
