import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import type { Mapping } from '../../clusters/config.ts'
import { UsageError } from '../shell/usage-error.ts'

/**
 * Reads a configuration file of kind; its path is relative to the file that names it. Throws a `UsageError` for one that cannot be read.
 */
export function readKindFile(path: string, { namedBy }: { readonly namedBy: string }): Mapping {
  const file = resolve(dirname(namedBy), path)
  const document = parseDocument(textOf(file))
  const [fault] = document.errors
  if (fault !== undefined)
    throw new UsageError(`Kind configuration ${file} is not valid YAML: ${fault.message.split('\n')[0]}`, { fix: 'Correct that line.' })
  const value: unknown = document.toJS()
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Mapping
  throw new UsageError(`Kind configuration ${file} is not a mapping of keys to values.`, { fix: 'Write one as kind documents it.' })
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`Kind configuration ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, {
      fix: 'Set kind in holdfast.yaml to the path of a configuration file of kind.',
    })
  }
}
