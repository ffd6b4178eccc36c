import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { parseRule, requestsFile, type RightsRule } from '../../contract/rights.ts'
import { merged, type RecordedRights } from './recorded-rights.ts'
import { rightsAsStored } from './velero-rights.ts'
import { UsageError } from '../shell/usage-error.ts'

const requests = z.strictObject({ complete: z.boolean(), rights: z.array(z.string()) })
const cluster = z.object({ velero: z.object({ namespace: z.string() }).optional() })
const verdict = z.object({ id: z.string(), verdict: z.string() })

/**
 * Rights that guarantees took in runs, by id; of those alone that passed and were cleaned up, because the others did not come to their end.
 * Throws a `UsageError` for evidence that cannot be read.
 */
export function rightsOfRuns(runDirectories: readonly string[]): RecordedRights {
  const rights = new Map<string, readonly RightsRule[]>()
  for (const directory of runDirectories) {
    const veleroNamespace = veleroNamespaceOf(directory)
    for (const file of globSync(`evidence/*/*/${requestsFile}`, { cwd: directory }).toSorted()) {
      const path = join(directory, file)
      const judged = join(dirname(path), 'verdict.json')
      if (!existsSync(judged)) continue
      const found = read(judged, verdict)
      if (found.verdict !== 'Passed') continue
      const { complete, rights: lines } = read(path, requests)
      if (!complete) continue
      const own = lines.map((text) => parseRule(text) ?? unreadable(path, `"${text}" is not a rule`))
      const rules = rightsAsStored(own, veleroNamespace)
      rights.set(found.id, merged([...(rights.get(found.id) ?? []), ...rules]))
    }
  }
  return rights
}

/** Namespace of the Velero of the cluster of a run. */
function veleroNamespaceOf(runDirectory: string): string | undefined {
  const path = join(runDirectory, 'cluster.json')
  return existsSync(path) ? read(path, cluster).velero?.namespace : undefined
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
