import { type Document, parseAllDocuments, type Tags } from 'yaml'
import { SetupError } from '../setup-error.ts'
import { listAt, type Manifest, type PlacedManifest, textAt, valueAt } from './manifest.ts'

/**
 * Kubernetes reads YAML 1.1, where `0644` is octal and `yes` is true, but for what its parser leaves out: `10:30` is a text there and no
 * number of base 60, and a date is a text.
 */
const tags = (all: Tags): Tags =>
  all.filter((tag) => typeof tag === 'string' || (tag.tag !== 'tag:yaml.org,2002:timestamp' && !('format' in tag && tag.format === 'TIME')))

const template = /\{\{.*?\}\}|\{\{-? |\$\{\w+\}/
const renderIt = 'Render it first, for example with "helm template" or "envsubst", and use the result.'

/**
 * Objects in a text of YAML or JSON, of however many documents; those in lists are taken out of them. `file` is the name of the text in
 * messages. Throws a `SetupError` of one sentence for what is no YAML, no object, or an object without a name.
 */
export function manifestsIn(text: string, file: string): readonly PlacedManifest[] {
  const documents = parseAllDocuments(text, { version: '1.1', customTags: tags })
  const parsed: readonly Document.Parsed[] = 'empty' in documents ? [] : documents
  const [fault] = parsed.flatMap(({ errors }) => errors)
  if (fault !== undefined) throw notYaml(file, { text, line: fault.message.split('\n')[0] ?? '' })
  const contents = parsed.map((document) => document.toJS() as unknown)
  return contents.flatMap((content, index) =>
    content === null || content === undefined ? [] : objectsIn(content, contents.length === 1 ? file : `${file}, document ${index + 1}`),
  )
}

/** What a program puts in later makes no YAML, mostly. */
function notYaml(file: string, { text, line }: { readonly text: string; readonly line: string }): SetupError {
  const found = template.exec(text)?.[0].trim()
  return found === undefined
    ? new SetupError(`${file} is not valid YAML: ${line.replace(/:$/, '')}.`, { fix: 'Correct that line.' })
    : new SetupError(`${file} is a template that was not rendered: it holds ${found}.`, { fix: renderIt })
}

function objectsIn(content: unknown, place: string): readonly PlacedManifest[] {
  if (typeof content !== 'object' || Array.isArray(content)) {
    throw new SetupError(`${place} holds no object of Kubernetes.`, { fix: 'Let it hold objects with apiVersion, kind and metadata.name.' })
  }
  const kind = textAt(content, 'kind') ?? ''
  if (kind.endsWith('List') && Array.isArray(valueAt(content, 'items')))
    return listAt(content, 'items').flatMap((item, index) => objectsIn(item ?? '', `${place}, item ${index + 1}`))
  const header = {
    apiVersion: textAt(content, 'apiVersion'),
    kind: textAt(content, 'kind'),
    'metadata.name': textAt(content, 'metadata', 'name'),
  }
  const missing = Object.entries(header).find(([, value]) => value === undefined || value === '')?.[0]
  if (missing !== undefined) {
    throw new SetupError(`${place} holds an object without ${missing}${kind === '' ? '' : ` (${kind})`}.`, {
      fix: 'Add it, or leave that file out. What Helm or kustomize read must be rendered first.',
    })
  }
  const unrendered = [...Object.values(header), textAt(content, 'metadata', 'namespace')].find((value) => template.test(value ?? ''))
  if (unrendered === undefined) return [{ manifest: content as Manifest, place }]
  throw new SetupError(`${place} is a template that was not rendered: it holds ${unrendered}.`, { fix: renderIt })
}
