import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isArchive, reportInArchive } from '../archive/unpack-archive.ts'
import { parseFile } from '../model/guarantee-files.ts'
import { readText } from '../model/run-files.ts'
import { storedReportSchema } from '../model/stored-report.ts'
import { siteFile } from '../site/site-index.ts'
import { siteRun, type SiteRun } from '../site/site-run.ts'
import { Refused } from '../refused.ts'

/** Earlier runs that were named. */
export interface RunHistory {
  /** Each run once, in no order. */
  readonly runs: readonly SiteRun[]
  /** What lay beside them and is not one of them, in sentences. */
  readonly leftOut: readonly string[]
}

/** Why a directory is no history, in one sentence, and what to name instead. */
export class HistoryRefused extends Refused {}

/**
 * Reads the runs of a directory: directories of runs, published copies, and archives. A site stands for the runs in it. A directory that
 * holds nothing at all is a history without runs. Throws `HistoryRefused` for what is no such directory, and one sentence for a report that
 * cannot be read.
 */
export async function readHistory(path: string): Promise<RunHistory> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new HistoryRefused(`There is no directory ${path}.`, { fix: 'Name a directory with earlier runs, published copies or archives.' })
  if (isRun(path))
    throw new HistoryRefused(`${path} is a run, not a directory of runs.`, {
      fix: 'Name the directory that it is in, or make one for earlier runs.',
    })
  const directory = existsSync(join(path, siteFile)) ? join(path, 'runs') : path
  const names = existsSync(directory) ? readdirSync(directory).toSorted() : []
  const places = names.map((name) => join(directory, name)).filter((each) => isRun(each) || isArchive(each))
  if (places.length === 0 && names.some((name) => !name.startsWith('.')))
    throw new HistoryRefused(`${path} holds no run.`, { fix: 'Name a directory with earlier runs, published copies or archives.' })
  const runs = new Map<string, SiteRun>()
  const leftOut: string[] = []
  for (const place of places) {
    const text = isRun(place) ? await readText(join(place, 'report.json')) : await reportInArchive(place)
    const why = text === undefined ? 'has not ended, or was killed' : interruption(place, text)
    if (why !== undefined) leftOut.push(`${place.slice(directory.length + 1)} ${why}.`)
    else if (text !== undefined) {
      const run = siteRun(place, text)
      runs.set(run.id, run)
    }
  }
  return { runs: [...runs.values()], leftOut }
}

/** Whether a run left something in a directory, if only that it began. */
function isRun(path: string): boolean {
  return ['report.json', 'run.json'].some((file) => existsSync(join(path, file)))
}

/** What was not judged before an interruption says nothing of the platform. */
function interruption(place: string, text: string): string | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new Error(`${join(place, 'report.json')} is not JSON.`, { cause })
  }
  const by = parseFile(storedReportSchema, json, join(place, 'report.json'))?.run.interruptedBy
  return by === undefined ? undefined : `was interrupted by ${by}`
}
