import {
  attachExisting,
  ensureEngine,
  ensureImages,
  ensureInotifyInstances,
  failingPreconditions,
  type Precondition,
  SetupError,
  sweep,
} from '../../clusters/index.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { unlessAborted } from '../../clusters/existing/within.ts'
import type { NeedsOfSuites } from '../../clusters/attach/needs-of-suites.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { log } from '../shell/log.ts'
import { ownCommand } from '../../contract/distribution.ts'

/** What is needed of a plan, with what its suites need on a cluster that Holdfast did not create. */
interface ReadyPlan extends Pick<RunPlan, 'settings' | 'target'> {
  readonly needs?: NeedsOfSuites
}

/** Gets the machine and the cluster ready for a run, as far as it is there. Returns the record of a cluster that Holdfast did not make. */
export async function makeReady({ settings, target, needs }: ReadyPlan, signal: AbortSignal): Promise<ClusterRecord | undefined> {
  if (target.kind === 'foreign') return attachExisting(target.cluster, { config: settings, log, signal, ...needs })
  await prepareMachine({ settings, target }, signal)
  return undefined
}

/** An engine that answers, nothing left of dead runs, every image in place. */
async function prepareMachine({ settings, target }: Pick<RunPlan, 'settings' | 'target'>, signal: AbortSignal): Promise<void> {
  const interactive = process.stdin.isTTY && process.env['CI'] === undefined
  await unlessAborted(ensureEngine({ interactive, log }), signal)
  await unlessAborted(sweep({ log }), signal)
  if (target.kind !== 'new') return
  await ensureInotifyInstances({ interactive, log })
  await requirePreconditions(settings)
  await unlessAborted(ensureImages({ config: settings, log }), signal)
}

async function requirePreconditions(settings: RunPlan['settings']): Promise<void> {
  const failing = await failingPreconditions({ config: settings })
  if (failing.length > 0) throw preconditionError(failing)
}

/** The error for preconditions of a new cluster that do not hold. */
export function preconditionError([first, ...others]: readonly Precondition[]): SetupError {
  const more = others.length === 0 ? '' : ` These fail too: ${others.map(({ name }) => name).join(', ')}. Run "${ownCommand} doctor".`
  return new SetupError(`A run cannot start here: the precondition "${first?.name ?? ''}" does not hold (${first?.found ?? ''}).`, {
    fix: `${first?.fix ?? ''}${more}`,
  })
}
