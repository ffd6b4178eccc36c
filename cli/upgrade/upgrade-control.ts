import { join } from 'node:path'
import { unlessAborted } from '../../clusters/existing/within.ts'
import { effectOfUpgradeMutant, ensureTarget, featuresOfUpgrade, withMutants } from '../../clusters/index.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { type KillRow, killRow, killTable, outcomeOf } from '../controls/kill-table.ts'
import { inForce } from '../controls/run-controls.ts'
import { addRows } from '../controls/sensitivity-file.ts'
import { withinCluster } from '../run/acquired-cluster.ts'
import { makeReady } from '../run/make-ready.ts'
import { createMutantDirectory, createRunDirectory, endRunRecord, writeJson } from '../run/run-directory.ts'
import { withInterruption } from '../run/with-interruption.ts'
import { exitCodes, type ExitCode } from '../shell/exit-code.ts'
import { log } from '../shell/log.ts'
import { upgradeBelowSuites, type UpgradedSuites } from './below-suites.ts'
import type { UpgradeRunPlan } from './plan-upgrade-run.ts'

/**
 * An upgrade under a mutant: of the catalogue, which is in force for what the suites make, or one of upgrades, which the new version has.
 * Prints the kill table. Success takes every guarantee killed.
 */
export async function upgradeControl(upgrade: UpgradeRunPlan & { readonly mutant: string }): Promise<ExitCode> {
  const { plan, request, mutant } = upgrade
  return withInterruption(async ({ signal }) => {
    await makeReady(plan, signal)
    const target = await unlessAborted(ensureTarget(request, { config: plan.settings, log, signal }), signal)
    const { assessor } = plan.settings
    const run = createRunDirectory({ ...plan, profile: 'upgrade', assessor, knownFailures: undefined, now: new Date() })
    const rows = await withinCluster({ plan, runDirectory: run.path, signal }, async (made) => {
      const record = { ...made, features: [...made.features, ...featuresOfUpgrade(request)] }
      const directory = createMutantDirectory(run, { mutant, guarantees: plan.guarantees })
      writeJson(join(directory, 'cluster.json'), record)
      log(`Control ${mutant}: ${plan.guarantees.map(({ id }) => id).join(', ')} must come out Failed.`)
      const found = await rowsOf(upgrade, { directory, record, target, signal })
      endRunRecord(directory)
      return found
    })
    addRows(run.path, rows)
    for (const line of killTable(rows)) log(line)
    log(`Evidence: ${run.path}/mutants`)
    return rows.every((row) => outcomeOf(row) === 'killed') ? exitCodes.success : exitCodes.violation
  })
}

async function rowsOf(
  upgrade: UpgradeRunPlan & { readonly mutant: string },
  { record, ...rest }: Pick<UpgradedSuites, 'directory' | 'target' | 'signal'> & { readonly record: ClusterRecord },
): Promise<readonly KillRow[]> {
  const { plan, request, control, mutant } = upgrade
  const { directory } = rest
  const ids = plan.guarantees.map(({ id }) => id)
  if (control !== undefined) {
    await withMutants(record, { names: [control], found: (finding) => log(`Finding: ${finding}`) }, async () =>
      upgradeBelowSuites({ ...upgrade, ...rest, record, inForce: inForce(control, record) }),
    )
    return ids.map((guarantee) => killRow({ mutant: control, guarantee, directory }))
  }
  const since = new Date()
  await upgradeBelowSuites({ ...upgrade, ...rest, record })
  const effect = (request.mutant && (await effectOfUpgradeMutant(request.mutant, { ...record, since }))) ?? ''
  return ids.map((guarantee) => killRow({ mutant, guarantee, directory, effect }))
}
