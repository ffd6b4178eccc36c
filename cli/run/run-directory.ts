import { randomBytes } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { counted } from '../../contract/counted.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { z } from 'zod'
import { knownFailuresFile } from '../../reports/known-failures/section.ts'
import { seenBeforeFile } from '../../reports/model/seen-to-fail.ts'
import { describeMachine, type RunRecord, type ShardsOfRun, type skippedSchema } from '../../reports/model/run-record.ts'
import { ownSuitesFile, ownSuitesFolder } from '../../reports/model/own-suites.ts'
import type { CoveredEntry } from '../../reports/model/ledger.ts'
import { changesFile } from '../../reports/model/run-changes.ts'
import { sourcesFile } from '../../reports/model/run-sources.ts'
import type { LeftOut } from '../budget/sentences.ts'
import { readCatalogue } from '../catalogue/guarantee-catalogue.ts'
import type { RunProfile } from '../plan/profiles.ts'
import { readLedger } from '../catalogue/read-ledger.ts'
import { readKills } from '../kills/kill-record.ts'
import { seenBefore } from '../kills/seen-before.ts'
import { storeOwnSuites } from '../own-suites/store-own-suites.ts'
import type { PlannedOwnSuites } from '../plan/own-suites-of-run.ts'
import type { NotRun, Skipped } from '../plan/selection.ts'
import { projectRoot } from '../shell/project-root.ts'
import { UsageError } from '../shell/usage-error.ts'
import { workDirectory } from '../shell/work-directory.ts'
import { changesOf, checkoutOf, sourceSums } from './checkout.ts'
import { ciOf } from './ci-environment.ts'

/** The directory of a run under `reports/out/`. */
export interface RunDirectory {
  readonly id: string
  readonly path: string
}

/** What a new run directory records about its run. */
export interface NewRun {
  /** Where Holdfast is, with its suites; this one when absent. */
  readonly root?: string
  /** Directory that gets `reports/out/<run id>/`; that of the user when absent. */
  readonly below?: string
  /** Its id where it has one already, from `runId`; made of `now` when absent. */
  readonly id?: string | undefined
  readonly guarantees: readonly Guarantee[]
  /** Profile of the run; absent where guarantees were named. */
  readonly profile?: RunProfile | undefined
  /** Guarantees that are not run, each with its reason. */
  readonly skipped?: readonly Skipped[]
  /** Guarantees that are not run, by reason. */
  readonly notRun?: readonly NotRun[]
  /** The file of known failures, as it was read; none when absent. */
  readonly knownFailures?: { readonly text: string } | undefined
  /** Suites of one's own; none when absent. */
  readonly own?: PlannedOwnSuites | undefined
  /** Who answers for the run, as they want to be named. */
  readonly assessor?: string | undefined
  readonly now: Date
}

/** `YYYYMMDD-HHMMSS-<4 hex>` in UTC. */
export function runId(now: Date): string {
  const digits = now.toISOString().replace(/[-:]/g, '')
  return `${digits.slice(0, 8)}-${digits.slice(9, 15)}-${randomBytes(2).toString('hex')}`
}

/** Said once a run has a directory: programs that start a run read from it where that is, also of a run that is stopped. */
export function sentenceOfRun({ id, path }: RunDirectory, guarantees: number): string {
  return `Run ${id}: ${counted(guarantees, 'guarantees')}; evidence goes to ${path}.`
}

/** The directory of the run with this id, whether or not it is there yet. */
export function pathOfRun(below: string, id: string): string {
  return join(below, 'reports', 'out', id)
}

/** Makes `reports/out/<run id>/` with what a run knows of itself before it has a cluster. */
export function createRunDirectory({ guarantees, now, id = runId(now), ...asked }: NewRun): RunDirectory {
  const { root = projectRoot, below = workDirectory } = asked
  const { profile, skipped = [], notRun = [], knownFailures, assessor, own } = asked
  const path = pathOfRun(below, id)
  const ci = ciOf(process.env)
  try {
    mkdirSync(join(path, 'logs'), { recursive: true })
  } catch (error) {
    throw new UsageError(`Run directory ${path} cannot be created: ${String(error)}.`, {
      fix: 'Free disk space there, or make it writable.',
    })
  }
  const ownSuites = own && storeOwnSuites(path, own)
  writeRunRecord(path, {
    schemaVersion: 1,
    id,
    startedAt: now.toISOString(),
    command: ['holdfast', ...process.argv.slice(2)].join(' '),
    ...checkoutOf(root),
    holdfast: versionOf(root),
    ...(assessor !== undefined && { assessor }),
    ...(ci && { ci }),
    ...(ownSuites && { ownSuites }),
    machine: describeMachine(),
    ...(profile === undefined ? {} : { profile }),
    notRun: [...notRun],
  })
  writeJson(join(path, 'guarantees.json'), guarantees)
  writeJson(join(path, 'skipped.json'), skipped.map(skippedCheck))
  writeJson(join(path, 'ledger.json'), ledgerOf(root, own))
  writeJson(join(path, seenBeforeFile), seenBefore(guarantees, readKills(root)))
  if (knownFailures !== undefined) writeFileSync(join(path, knownFailuresFile), knownFailures.text)
  writeFileSync(join(path, sourcesFile), sourceSums(root))
  const changes = changesOf(root)
  if (changes !== undefined) writeFileSync(join(path, changesFile), changes)
  return { id, path }
}

/** The statements that a run is counted against. */
function ledgerOf(root: string, own: PlannedOwnSuites | undefined): readonly CoveredEntry[] {
  const ofHoldfast = own?.besideHoldfast === false ? [] : readLedger(root, readCatalogue(root))
  return [...ofHoldfast, ...(own?.ledger ?? [])]
}

/** What a run directory holds before the run has a cluster. */
const beforeTheCluster = [
  ...['run.json', 'guarantees.json', 'skipped.json', 'ledger.json'],
  ...[seenBeforeFile, knownFailuresFile, sourcesFile, changesFile, ownSuitesFile, ownSuitesFolder, 'cluster.json', 'logs'],
]

/** Removes the directory of a run that got no cluster. One with more in it, such as the logs of a failed start, stays. */
export function discardRunDirectory(path: string): void {
  const kept = globSync('**', { cwd: path }).filter(
    (file) => file !== '.' && !beforeTheCluster.includes(file.split('/')[0] === ownSuitesFolder ? ownSuitesFolder : file),
  )
  if (kept.length === 0) rmSync(path, { recursive: true, force: true })
}

function skippedCheck({ guarantee: { id, statement, level }, why }: Skipped): z.infer<typeof skippedSchema> {
  return { id, statement, level, why }
}

/** Directory of one mutant inside a run. */
export function mutantDirectory(run: RunDirectory, mutant: string): string {
  return join(run.path, 'mutants', mutant)
}

/** Makes the directory of one mutant inside a run, laid out like a run of its own. */
export function createMutantDirectory(
  run: RunDirectory,
  { mutant, guarantees }: { readonly mutant: string; readonly guarantees: readonly Guarantee[] },
): string {
  const path = mutantDirectory(run, mutant)
  mkdirSync(path, { recursive: true })
  const { endedAt: _, ...record } = readRunRecord(run.path)
  writeRunRecord(path, { ...record, startedAt: new Date().toISOString() })
  writeJson(join(path, 'guarantees.json'), guarantees)
  return path
}

/** Notes what a stage of a run left out, and why, in `run.json`. */
export function noteLeftOut({ path }: RunDirectory, { stage, why, names }: LeftOut): void {
  const record = readRunRecord(path)
  const former = (record['leftOut'] ?? []) as readonly unknown[]
  writeRunRecord(path, { ...record, leftOut: [...former, { stage, why, names }] })
}

/** Notes how a run ended. */
export function endRunRecord(directory: string, { interruptedBy }: { readonly interruptedBy?: string | undefined } = {}): void {
  const record = readRunRecord(directory)
  writeRunRecord(directory, { ...record, endedAt: new Date().toISOString(), ...(interruptedBy === undefined ? {} : { interruptedBy }) })
}

/** Notes in `run.json` what went wrong beside the verdicts, in sentences; nothing when there is none. */
export function noteFindings(directory: string, findings: readonly string[]): void {
  if (findings.length > 0) writeRunRecord(directory, { ...readRunRecord(directory), findings: [...findings] })
}

/** Notes in `run.json` which storage the suites left behind, a sentence each; an empty list says that it was looked for. */
export function noteLeaks(directory: string, leaks: readonly string[]): void {
  writeRunRecord(directory, { ...readRunRecord(directory), leaks: [...leaks] })
}

/** Notes in `run.json` which Pods shared the guarantees of a run. */
export function noteShards(directory: string, shards: ShardsOfRun): void {
  writeRunRecord(directory, { ...readRunRecord(directory), shards })
}

/** When a run began, ISO 8601. */
export function startOf(directory: string): string {
  return readRunRecord(directory).startedAt
}

function readRunRecord(directory: string): RunRecord {
  return JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')) as RunRecord
}

function writeRunRecord(directory: string, record: RunRecord): void {
  writeJson(join(directory, 'run.json'), record)
}

/** Writes a value as indented JSON. */
export function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)
}

function versionOf(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }
  return version
}
