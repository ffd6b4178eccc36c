import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { didYouMean } from '../shell/nearest-name.ts'
import { runProfiles } from './profiles.ts'
import { UsageError } from '../shell/usage-error.ts'
import { workloadKeys, workloadSchema } from './workload-settings.ts'

const schema = z.strictObject({
  mirror: z.string().min(1).optional(),
  offline: z.boolean().optional(),
  profile: z.enum(runProfiles).optional(),
  workers: z.int().min(2).max(20).optional(),
  workloadImage: z.string().regex(/^\S+$/).optional(),
  workload: workloadSchema.optional(),
})

/** What a user may set in `holdfast.yaml`. */
export type Settings = z.infer<typeof schema>

const wanted: Readonly<Record<string, string>> = {
  mirror: 'the address of a registry that mirrors the public ones, such as mirror.example.com/k8s',
  offline: 'true or false',
  profile: `what to run: ${runProfiles.join(', ')}`,
  workers: 'a whole number of worker nodes from 2 to 20',
  workloadImage: 'the reference of an image, such as registry.example.com/holdfast/workload:0.1.0',
  workload: `what every Pod is to have: ${workloadKeys.join(', ')}`,
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
  const parsed = schema.safeParse(document.toJS() ?? {})
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue?.code === 'unrecognized_keys') throw unknownKey(file, [...issue.path.map(String), issue.keys[0] ?? ''])
  const key = String(issue?.path[0] ?? '')
  if (key === 'workload' && issue !== undefined) throw invalidWorkload(file, issue)
  if (key === '')
    throw new UsageError(`Config file ${file} is not a mapping of keys to values.`, { fix: 'Write lines such as "workers: 2".' })
  throw new UsageError(`Config file ${file} has an invalid value for ${key}.`, { fix: `Set ${key} to ${wanted[key] ?? 'another value'}.` })
}

function unknownKey(file: string, path: readonly string[]): UsageError {
  const [outer = '', inner = outer] = path
  const known = path.length === 1 ? Object.keys(wanted) : workloadKeys
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
