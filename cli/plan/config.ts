import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Document, isScalar, parseDocument } from 'yaml'
import { z } from 'zod'
import { componentNames, type Config } from '../../clusters/config.ts'
import { applicationNames } from '../../clusters/images/application-images.ts'
import { readKindFile } from './kind-file.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import { runProfiles } from './profiles.ts'
import { UsageError } from '../shell/usage-error.ts'
import { workloadKeys, workloadSchema } from './workload-settings.ts'

const mapping = z.record(z.string(), z.unknown())
const pluginNames = z.array(z.string().min(1)).optional()

/** How many workers a cluster may have that is created. */
export const workerBounds = { least: 2, most: 20 } as const

/** What `holdfast.yaml` may hold. */
export const settingsSchema = z.strictObject({
  mirror: z.string().min(1).optional(),
  offline: z.boolean().optional(),
  profile: z.enum(runProfiles).optional(),
  workers: z.int().min(workerBounds.least).max(workerBounds.most).optional(),
  workloadImage: z.string().regex(/^\S+$/).optional(),
  images: z.partialRecord(z.enum(applicationNames), z.string().regex(/^\S+$/)).optional(),
  kubernetes: z.union([z.string(), z.number()]).optional(),
  featureGates: z.record(z.string(), z.boolean()).optional(),
  runtimeConfig: z.record(z.string(), z.union([z.string(), z.boolean()]).transform(String)).optional(),
  admissionPlugins: z.strictObject({ enable: pluginNames, disable: pluginNames }).optional(),
  kubeadmPatches: z.array(mapping).optional(),
  kubeletConfiguration: mapping.optional(),
  auditLog: z.boolean().optional(),
  kind: z.string().min(1).optional(),
  components: z.partialRecord(z.enum(componentNames), z.string().regex(/^\S+$/)).optional(),
  workload: workloadSchema.optional(),
  knownFailures: z.string().min(1).optional(),
  assessor: z.string().min(1).optional(),
  baseline: z.string().min(1).optional(),
  suites: z.array(z.string().min(1)).min(1).optional(),
})

/** What a user may set in `holdfast.yaml`; the file of kind that it names has been read, and paths are absolute. */
export type Settings = Omit<z.infer<typeof settingsSchema>, 'kubernetes' | 'kind'> & Pick<Config, 'kubernetes' | 'kind'>

const wanted: Readonly<Record<string, string>> = {
  mirror: 'the address of a registry that mirrors the public ones, such as mirror.example.com/k8s',
  offline: 'true or false',
  profile: `what to run: ${runProfiles.join(', ')}`,
  workers: `a whole number of worker nodes from ${workerBounds.least} to ${workerBounds.most}`,
  workloadImage: 'the reference of an image, such as registry.example.com/holdfast/workload:0.1.0',
  images: `references of images for ${applicationNames.join(', ')}`,
  kubernetes: 'a version, such as 1.36 or v1.36.3',
  featureGates: 'feature gates, each true or false',
  runtimeConfig: 'APIs, each true or false, such as storage.k8s.io/v1alpha1: true',
  admissionPlugins: 'lists of names under enable and disable',
  kubeadmPatches: 'a list of patches, each with its kind',
  kubeletConfiguration: 'fields of a KubeletConfiguration',
  auditLog: 'true or false',
  kind: 'the path of a configuration file of kind',
  components: `a version or an image for each of ${componentNames.join(', ')}`,
  workload: `what every Pod is to have: ${workloadKeys.join(', ')}`,
  knownFailures: 'the path of a file of known failures',
  assessor: 'who answers for the run, such as "Ada Lovelace, Example Ltd"',
  baseline: 'a run or a published report that runs are compared with, such as reports/published/<name>',
  suites: 'a list of directories with suites of your own, such as [my-suites]',
}

/** Where settings are looked for: a file named with `--config`, or `holdfast.yaml` at the root when there is one. */
export interface SettingsPlace {
  readonly root: string
  readonly path?: string | undefined
}

/** Reads and validates the settings. Throws a `UsageError` that names the file, the key and the fix. */
export function loadSettings({ root, path }: SettingsPlace): Settings {
  const file = path === undefined ? join(root, 'holdfast.yaml') : resolve(path)
  if (!existsSync(file)) {
    if (path === undefined) return {}
    throw new UsageError(`Config file ${file} does not exist.`, { fix: 'Give --config the path of a YAML file, or leave it out.' })
  }
  return parseSettings(file, readText(file))
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`Config file ${file} cannot be read: ${String(error)}.`, { fix: 'Give --config a file that you can read.' })
  }
}

/** Validates the text of a settings file; `file` is its name in messages. */
export function parseSettings(file: string, text: string): Settings {
  const document = parseDocument(text)
  const [fault] = document.errors
  if (fault !== undefined) {
    throw new UsageError(`Config file ${file} is not valid YAML: ${firstLine(fault.message)}`, { fix: 'Correct that line.' })
  }
  const parsed = settingsSchema.safeParse(document.toJS() ?? {})
  if (parsed.success) {
    const { kubernetes: _, kind, knownFailures, baseline, suites, ...settings } = parsed.data
    const version = versionIn(document)
    return {
      ...settings,
      ...(version !== undefined && { kubernetes: version }),
      ...(knownFailures !== undefined && { knownFailures: resolve(dirname(file), knownFailures) }),
      ...(kind !== undefined && { kind: readKindFile(kind, { namedBy: file }) }),
      ...(baseline !== undefined && { baseline: besideFile(file, baseline) }),
      ...(suites !== undefined && { suites: suites.map((directory) => resolve(dirname(file), directory)) }),
    }
  }
  const [issue] = parsed.error.issues
  if (issue?.code === 'unrecognized_keys' && (issue.path.length === 0 || keysBelow(String(issue.path[0])) !== undefined))
    throw unknownKey(file, [...issue.path.map(String), issue.keys[0] ?? ''])
  const key = String(issue?.path[0] ?? '')
  if (key === 'workload' && issue !== undefined) throw invalidWorkload(file, issue)
  if (key === '')
    throw new UsageError(`Config file ${file} is not a mapping of keys to values.`, { fix: 'Write lines such as "workers: 2".' })
  throw new UsageError(`Config file ${file} has an invalid value for ${key}.`, { fix: `Set ${key} to ${wanted[key] ?? 'another value'}.` })
}

/** A path that a file names is relative to the file; the id of a run is no path. */
function besideFile(file: string, name: string): string {
  const path = resolve(dirname(file), name)
  return existsSync(path) ? path : name
}

/** A version as it is written: 1.40 is not the number 1.4. */
function versionIn(document: Document.Parsed): string | undefined {
  const scalar = document.get('kubernetes', true)
  return isScalar(scalar) ? (scalar.source ?? String(scalar.value)) : undefined
}

/** Keys that may stand below another one; undefined where any may, or none. */
function keysBelow(outer: string): readonly string[] | undefined {
  return outer === 'workload' ? workloadKeys : outer === 'images' ? applicationNames : undefined
}

function unknownKey(file: string, path: readonly string[]): UsageError {
  const [outer = '', inner = outer] = path
  const known = (path.length === 1 ? undefined : keysBelow(outer)) ?? Object.keys(wanted)
  const unknown = path.length > 2 ? path.join('.') : inner
  return new UsageError(`Config file ${file} has the unknown key ${path.join('.')}.${didYouMean(unknown, known)}`, {
    fix: `Use only ${known.join(', ')}.`,
  })
}

/** What is wrong below `workload`: a key of a mapping has its fault in issues of its own. */
function invalidWorkload(file: string, issue: z.core.$ZodIssue): UsageError {
  const why = issue.code === 'invalid_key' ? issue.issues[0]?.message : issue.message
  return new UsageError(`Config file ${file} has an invalid value: ${issue.path.join('.')} ${why ?? 'is wrong'}.`, {
    fix: 'Correct it, or leave it out. It is written as in the specification of a Pod.',
  })
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).replace(/:$/, '.')
}
