import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { parseRule, requestsFile, type RightsRule } from '../../contract/rights.ts'
import { merged, type RecordedRights } from './recorded-rights.ts'
import { UsageError } from '../shell/usage-error.ts'

const requests = z.strictObject({ complete: z.boolean(), rights: z.array(z.string()) })
const verdict = z.object({ id: z.string(), verdict: z.string() })

/**
 * Rights that guarantees took in runs, by id; of those alone that passed and were cleaned up, because the others did not come to their end.
 * Throws a `UsageError` for evidence that cannot be read.
 */
export function rightsOfRuns(runDirectories: readonly string[]): RecordedRights {
  const rights = new Map<string, readonly RightsRule[]>()
  for (const directory of runDirectories) {
    for (const file of globSync(`evidence/*/*/${requestsFile}`, { cwd: directory }).toSorted()) {
      const path = join(directory, file)
      const judged = join(dirname(path), 'verdict.json')
      if (!existsSync(judged)) continue
      const found = read(judged, verdict)
      if (found.verdict !== 'Passed') continue
      const { complete, rights: lines } = read(path, requests)
      if (!complete) continue
      const rules = lines.map((text) => parseRule(text) ?? unreadable(path, `"${text}" is not a rule`))
      rights.set(found.id, merged([...(rights.get(found.id) ?? []), ...rules]))
    }
  }
  return rights
}

function read<Content>(path: string, schema: z.ZodType<Content>): Content {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    return unreadable(path, (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '')
  }
}

function unreadable(path: string, why: string): never {
  throw new UsageError(`${path} cannot be read: ${why}.`, { fix: 'Name another run, or run the guarantee again.' })
}
