import { ensureEngine, ensureImages, sweep } from '../clusters/index.ts'
import { abortable } from './abortable.ts'
import type { RunPlan } from './run-plan.ts'
import { say } from './say.ts'

/** Gets the machine ready for a run: an engine that answers, nothing left of dead runs, every image in place. */
export async function makeReady({ settings, target }: Pick<RunPlan, 'settings' | 'target'>, signal: AbortSignal): Promise<void> {
  if (target.kind === 'foreign') return
  await abortable(ensureEngine({ interactive: process.stdin.isTTY && process.env['CI'] === undefined, say }), signal)
  await abortable(sweep({ say }), signal)
  if (target.kind === 'new') await abortable(ensureImages({ config: settings, say }), signal)
}
