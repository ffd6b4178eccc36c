import { table } from '../shell/table.ts'
import { notNamed } from '../plan/selection.ts'
import type { DryRun } from './seen-cluster.ts'
import type { PlannedGuarantee } from './would-run.ts'

/** What a run would do, for people. */
export function linesOf({ cluster, features, guarantees, images, rights, rightsUnknown = [], makes }: DryRun): readonly string[] {
  const offered = features.filter((one) => one.offered)
  const untried = features.filter((one) => one.untried === true)
  const lacking = features.filter((one) => !one.offered && one.untried !== true)
  const having = (outcome: PlannedGuarantee['outcome']) => guarantees.filter((one) => one.outcome === outcome)
  const [runs, depending, notSupported, left] = [having('runs'), having('untried'), having('NotSupported'), having('not selected')]
  const others = left.filter(({ why }) => why === notNamed).length
  return [
    'This is a dry run: nothing was made, and nothing was changed.',
    ...section('Cluster', Object.entries(cluster)),
    ...section(
      `Features that it offers (${offered.length})`,
      offered.map(({ feature, how }) => [feature, how]),
    ),
    ...section(
      `Features that only a run finds out (${untried.length}); --declare says that one is there`,
      untried.map(({ feature, how }) => [feature, how]),
    ),
    ...section(
      `Features that it lacks (${lacking.length})`,
      lacking.map(({ feature, how }) => [feature, how]),
    ),
    ...section(
      `Guarantees that would run (${runs.length})`,
      runs.map(({ id, level, disruptive }) => [level, id, disruptive === true ? 'alone: disruptive' : '']),
    ),
    ...section(
      `Guarantees that would run where the run finds their features (${depending.length})`,
      depending.map(({ id, level, why = '', disruptive }) => [level, id, why, disruptive === true ? 'alone: disruptive' : '']),
    ),
    ...section(
      `NotSupported (${notSupported.length})`,
      notSupported.map(({ id, level, why = '' }) => [level, id, why]),
    ),
    ...section(
      `Not selected (${left.length})`,
      left.filter(({ why }) => why !== notNamed).map(({ id, level, why = '' }) => [level, id, why]),
      others === 0 ? [] : [`${others} that were not named`],
    ),
    ...section(
      'Images',
      images.map(({ name, reference, from }) => [name, reference, from]),
    ),
    ...(rights === undefined
      ? []
      : section(
          `Rights, all of them there (${rights.length}); own: in namespaces that Holdfast makes`,
          rights.map((line) => [line]),
        )),
    ...section(
      `Rights unknown, because no run has shown them (${rightsUnknown.length})`,
      rightsUnknown.map((id) => [id]),
    ),
    ...section(
      'What would be made',
      makes.map((line) => [line]),
    ),
  ]
}

function section(title: string, rows: readonly (readonly string[])[], more: readonly string[] = []): readonly string[] {
  const lines = [...table(rows), ...more]
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
}
