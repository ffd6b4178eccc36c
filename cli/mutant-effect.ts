import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { mutatedByAnnotation } from '../contract/annotations.ts'
import type { DriverCall } from '../harness/data/driver-calls-of.ts'
import type { HistoryEntry, ObservedObject } from '../harness/history-entry.ts'

/**
 * Where the evidence of one guarantee shows that a mutant was really in force, or undefined when it does not. `location` is the
 * BackupStorageLocation that carries the mutant, where one does.
 */
export function mutantEffect(evidence: string, mutant: string, location?: string): string | undefined {
  const history = readLines(join(evidence, 'history.jsonl')) as readonly HistoryEntry[]
  return (
    faultyCall(evidence, history, mutant) ??
    changedObject(evidence, history, mutant) ??
    sabotage(history, mutant) ??
    backupIn(history, location)
  )
}

function sabotage(history: readonly HistoryEntry[], mutant: string): string | undefined {
  const acts = history.filter((entry) => entry.type === 'act' && entry.verb === 'sabotage')
  const done = new Set(acts.map((entry) => (entry.type === 'act' && entry.phase === 'accepted' ? entry.actId : undefined)))
  const deed = acts.find((entry) => entry.type === 'act' && isOf(entry.request, mutant) && done.has(entry.actId))
  return deed?.type === 'act' ? `sabotage of ${deed.subject.kind} ${deed.subject.name} (entry ${deed.seq})` : undefined
}

function isOf(request: unknown, mutant: string): boolean {
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

function faultyCall(evidence: string, history: readonly HistoryEntry[], mutant: string): string | undefined {
  // Those of another cluster are in the history alone.
  const measured = history.flatMap((entry) => (entry.type === 'measurement' && entry.what === 'driver-calls' ? entry.value : []))
  const calls = [...readLines(join(evidence, 'driver-calls.jsonl')), ...measured] as readonly Partial<DriverCall>[]
  const call = calls.find(({ fault }) => fault === mutant)
  return call === undefined ? undefined : `driver call ${call.method ?? ''} with fault ${mutant}`
}

function changedObject(evidence: string, history: readonly HistoryEntry[], mutant: string): string | undefined {
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

function isMutated(object: Partial<ObservedObject>, mutant: string): boolean {
  return object.metadata?.annotations?.[mutatedByAnnotation] === mutant
}

function readLines(path: string): readonly unknown[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown)
}
