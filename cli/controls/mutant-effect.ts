import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type MutantName, mutants } from '../../clusters/mutants/catalogue.ts'
import { mutatedByAnnotation } from '../../contract/annotations.ts'
import type { DriverCall } from '../../harness/vocabulary/csi-driver/calls/driver-calls-of.ts'
import type { HistoryEntry, ObservedObject } from '../../harness/engine/history/history-entry.ts'

/**
 * Where the evidence of one guarantee shows that a mutant took effect, or undefined when it does not. What shows it is in the catalogue of
 * mutants. `location` is the BackupStorageLocation that carries the mutant, where one does.
 */
export function mutantEffect(evidence: string, mutant: MutantName, location?: string): string | undefined {
  const history = readLines(join(evidence, 'history.jsonl')) as readonly HistoryEntry[]
  const { effect } = mutants[mutant]
  switch (effect) {
    case 'driver-call':
      return faultyCall(evidence, history, mutant)
    case 'annotation':
      return changedObject(evidence, history, mutant)
    case 'injection':
      return injection(history, mutant)
    case 'backup-in-location':
      return backupIn(history, location)
  }
}

function injection(history: readonly HistoryEntry[], mutant: MutantName): string | undefined {
  const acts = history.filter((entry) => entry.type === 'act' && entry.verb === 'inject')
  const done = new Set(acts.map((entry) => (entry.type === 'act' && entry.phase === 'accepted' ? entry.actId : undefined)))
  const act = acts.find((entry) => entry.type === 'act' && isOf(entry.request, mutant) && done.has(entry.actId))
  return act?.type === 'act' ? `fault injected into ${act.subject.kind} ${act.subject.name} (entry ${act.seq})` : undefined
}

function isOf(request: unknown, mutant: MutantName): boolean {
  return typeof request === 'object' && request !== null && 'mutant' in request && request.mutant === mutant
}

function backupIn(history: readonly HistoryEntry[], location: string | undefined): string | undefined {
  if (location === undefined) return undefined
  for (const entry of history) {
    if (entry.type !== 'observation' || entry.kind !== 'Backup') continue
    const { spec } = entry.object as { readonly spec?: { readonly storageLocation?: string } }
    if (spec?.storageLocation === location) return `Backup ${entry.object.metadata.name} in ${location} (entry ${entry.seq})`
  }
  return undefined
}

function faultyCall(evidence: string, history: readonly HistoryEntry[], mutant: MutantName): string | undefined {
  // Those of another cluster are in the history alone.
  const measured = history.flatMap((entry) => (entry.type === 'measurement' && entry.what === 'driver-calls' ? entry.value : []))
  const calls = [...readLines(join(evidence, 'driver-calls.jsonl')), ...measured] as readonly Partial<DriverCall>[]
  const call = calls.find(({ fault }) => fault === mutant)
  return call === undefined ? undefined : `driver call ${call.method ?? ''} with fault ${mutant}`
}

function changedObject(evidence: string, history: readonly HistoryEntry[], mutant: MutantName): string | undefined {
  for (const entry of history) {
    if (entry.type !== 'observation') continue
    if (isMutated(entry.object, mutant))
      return `${entry.kind} ${entry.object.metadata.name} annotated by the admission policy (entry ${entry.seq})`
  }
  for (const file of globSync('objects/*.yaml', { cwd: evidence })) {
    const object = parse(readFileSync(join(evidence, file), 'utf8')) as ObservedObject | null
    if (object !== null && isMutated(object, mutant)) return `${file} annotated by the admission policy`
  }
  return undefined
}

function isMutated(object: Partial<ObservedObject>, mutant: MutantName): boolean {
  return object.metadata?.annotations?.[mutatedByAnnotation] === mutant
}

function readLines(path: string): readonly unknown[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown)
}
