import { log } from '../shell/log.ts'
import type { RunPlan } from './run-plan.ts'

/**
 * The plan with the driver that is to be installed, read and thought through before anything is started. Throws a `SetupError` for one that
 * cannot be installed. `mayBuild`: whether kubectl is built where a kustomization needs it and there is none.
 */
export async function withInstallation(plan: RunPlan, { mayBuild }: { readonly mayBuild: boolean }): Promise<RunPlan> {
  const { target, settings } = plan
  if (target.kind !== 'new' || target.install === undefined) return plan
  const { readInstallation } = await import('../../clusters/install/installation.ts')
  const installation = await readInstallation(target.install, { config: settings, log, mayBuild })
  return { ...plan, target: { ...target, installation } }
}
