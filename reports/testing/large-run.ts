import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { temporaryPrefix } from '../../contract/owner.ts'
import type { JudgementRecord } from '../../harness/engine/history/judgement-record.ts'
import { buildReport } from '../model/build-report.ts'
import { type ConformanceReport, type GuaranteeResult, totalsOf } from '../model/conformance-report.ts'
import type { CoveredEntry } from '../model/ledger.ts'
import { ledgerResults } from '../model/ledger-results.ts'
import { judgementsFile } from '../model/published-run.ts'
import { readJsonLines } from '../model/run-files.ts'
import { wholeRun, wholeRuns } from './whole-run.ts'

/** A run and the temporary directory that has the evidence of it. */
export interface LargeRun {
  readonly report: ConformanceReport
  readonly directory: string
}

/**
 * Makes a run of any number of guarantees from those of a published run, one round after the other: the later rounds have a number behind
 * their ids, the same evidence, and the same statements. Each judgement but of preconditions has a label. As in the ledger, a statement has
 * up to three clauses, and a clause is decided by two judgements.
 */
export async function largeRun(count: number): Promise<LargeRun> {
  const whole = await wholeRun(wholeRuns[1])
  const published = await buildReport(whole)
  const directory = await mkdtemp(join(tmpdir(), temporaryPrefix('unit')))
  const labels = new Map<string, readonly string[]>()
  const guarantees: GuaranteeResult[] = []
  for (let index = 0; index < count; index++) {
    const original = published.guarantees[index % published.guarantees.length]
    if (original === undefined) throw new Error(`${whole} has no guarantees.`)
    const id = idIn(Math.floor(index / published.guarantees.length), original.id)
    const evidence = original.evidence.map((file) => ({ ...file, path: file.path.replace(original.id, id) }))
    guarantees.push({ ...original, id, evidence })
    labels.set(id, await writeEvidenceOf(original, { whole, folder: join(directory, 'evidence', id) }))
  }
  const entries = Array.from({ length: Math.ceil(count / published.guarantees.length) }, (_, round) =>
    (published.ledger ?? [])
      .filter(({ guarantees: by }) => round === 0 || by.length > 0)
      .map((entry) => coveredIn(round, { entry, labels })),
  ).flat()
  const ledger = await ledgerResults(directory, { entries, guarantees, skipped: [] })
  const totals = totalsOf({ guarantees, skipped: published.skipped, ledger })
  return { report: { ...published, guarantees, ledger, totals }, directory }
}

function idIn(round: number, id: string): string {
  return round === 0 ? id : `${id}-${round + 1}`
}

/** Links the evidence of a guarantee, and writes its judgements with labels. Returns these. */
async function writeEvidenceOf(
  { id, evidence }: GuaranteeResult,
  { whole, folder }: { readonly whole: string; readonly folder: string },
): Promise<readonly string[]> {
  const source = join(whole, 'evidence', id)
  await mkdir(folder, { recursive: true })
  const names = new Set(evidence.map(({ path }) => path.slice(`evidence/${id}/`.length).split('/')[0] ?? ''))
  for (const name of names) if (name !== judgementsFile) await symlink(join(source, name), join(folder, name))
  const judgements = (await readJsonLines(join(source, judgementsFile))) as JudgementRecord[]
  const labelled = judgements.map((judgement, index) =>
    judgement.verb === 'until' ? judgement : { ...judgement, label: `decides-${index + 1}` },
  )
  await writeFile(join(folder, judgementsFile), labelled.map((judgement) => `${JSON.stringify(judgement)}\n`).join(''))
  return labelled.flatMap(({ label }) => label ?? [])
}

function coveredIn(
  round: number,
  { entry, labels }: { readonly entry: Omit<CoveredEntry, 'clauses'>; readonly labels: ReadonlyMap<string, readonly string[]> },
): CoveredEntry {
  const guarantees = entry.guarantees.map((id) => idIn(round, id)).filter((id) => labels.has(id))
  const pairs = guarantees.flatMap((id) => {
    const all = labels.get(id) ?? []
    return all.flatMap((_, index) => (index % 2 === 0 ? [{ [id]: all.slice(index, index + 2) }] : []))
  })
  const clauses = pairs.slice(0, 3).map((judgedBy, index) => ({
    key: `part-${index + 1}`,
    states: 'What it says is so in this part, too, and was seen to be so.',
    judgedBy,
  }))
  return { ...entry, id: idIn(round, entry.id), guarantees, ...(clauses.length > 0 && { clauses }) }
}
