import { join } from 'node:path'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { printJson } from '../shell/json-option.ts'
import { log } from '../shell/log.ts'
import { loadSuites } from '../run/load-suites.ts'
import { ownFeatures } from '../plan/own-features.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { readRights } from '../rights/recorded-rights.ts'
import { recordedElsewhere } from '../rights/rights-of-selection.ts'
import { withDriver } from './driver-cluster.ts'
import { linesOf } from './dry-run-text.ts'
import { lookAtForeign } from './foreign-cluster.ts'
import { lookAtKept, lookAtNew } from './own-cluster.ts'
import type { DryRun, SeenCluster } from './seen-cluster.ts'
import { plannedGuarantees } from './would-run.ts'
import { wouldMake } from './would-make.ts'
import { workDirectory } from '../shell/work-directory.ts'

/**
 * Looks at the cluster of a run, makes nothing, and prints what the run would do. Throws what would stop the run before its first
 * guarantee.
 */
export async function dryRun(plan: RunPlan, { json }: { readonly json: boolean }): Promise<ExitCode> {
  await loadSuites(plan.own?.catalogue ?? [], new AbortController().signal)
  const seen = await look(plan)
  const features = [...seen.features, ...ownFeatures(plan.guarantees, plan.own?.declared)]
  const found = toDryRun(plan, { ...seen, features })
  if (json) printJson(found)
  else for (const line of linesOf(found)) log(line)
  return exitCodes.success
}

async function look(plan: RunPlan): Promise<SeenCluster> {
  switch (plan.target.kind) {
    case 'new': {
      const seen = await lookAtNew(plan)
      const { installation } = plan.target
      return installation === undefined ? seen : withDriver(seen, installation)
    }
    case 'kept':
      return lookAtKept(plan.target.name)
    case 'foreign':
      return lookAtForeign(plan, plan.target.cluster)
  }
}

function toDryRun(plan: RunPlan, { before, veleroNamespace, ...seen }: SeenCluster): DryRun {
  const guarantees = plannedGuarantees(plan, seen.features)
  const recorded = readRights(plan.catalogue.flatMap((suite) => suite.guarantees.map(({ id }) => id)))
  const running = guarantees.filter(({ outcome }) => outcome === 'runs' || outcome === 'untried').map(({ id }) => id)
  const { guarantees: selected } = plan
  const rights = seen.rights === undefined ? recorded : recordedElsewhere(recorded, { guarantees: selected, veleroNamespace })
  const directory = `directory ${join(workDirectory, 'reports', 'out', '<run id>')} on this machine`
  return {
    ...seen,
    ...(seen.rights && { rightsUnknown: running.filter((id) => !recorded.has(id)) }),
    guarantees,
    makes: [...before, ...wouldMake(running, rights), directory],
  }
}
