import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { stringify } from 'yaml'
import type { AdminApi } from './api.ts'
import { arranged, userOf } from './arrangements.ts'
import { type Case, complaintsAbout, type Moment, type Outcome } from './case.ts'
import { endedWithin, startHoldfast, type Started } from './holdfast.ts'
import { foreignKubeconfig, serverOf } from './kubeconfigs.ts'
import { allObjects, byKind, leftOf, type ListedObject } from './objects.ts'
import { reasonsOf } from './reasons.ts'
import { openWay } from './ways.ts'

/** The cluster that cases run on. */
export interface Ground {
  readonly api: AdminApi
  /** Content of the kubeconfig of its administrator. */
  readonly kubeconfig: string
  /** Image of the suites, which its nodes have. */
  readonly image: string
  /** Directory for files of cases. */
  readonly directory: string
}

/** What came of a case. */
export interface CaseResult extends Outcome {
  readonly complaints: readonly string[]
  /** What is worth to be known besides. */
  readonly remarks: readonly string[]
}

/** Makes the cluster as the case has it, runs Holdfast as its user does, and puts everything back. */
export async function runCase(one: Case, ground: Ground): Promise<CaseResult> {
  const { api, directory } = ground
  const place = mkdtempSync(join(directory, 'case-'))
  const state = join(place, 'state')
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rmSync(place, { recursive: true, force: true }))
  stack.use(await arranged(one, ground))
  const way = stack.use(await openWay(one.way ?? 'relay', serverOf(ground.kubeconfig)))
  const user = await userOf(one, { api })
  const kubeconfig = join(place, 'kubeconfig')
  writeFileSync(kubeconfig, foreignKubeconfig(ground.kubeconfig, { ...way.address, ...(user && { user }) }))
  const args = ['run', '--kubeconfig', kubeconfig, ...imageOf(one, ground), ...settingsOf(one, place), ...one.run]
  const before = await allObjects(api)
  const remarks: string[] = []
  const complaints: string[] = []
  if (one.killedBefore !== undefined) {
    const killed = startHoldfast(args, { state })
    const wasThere = await signalAt(killed, one.killedBefore, api)
    const { stdout, stderr } = await killed.ended
    const left = byKind(leftOf(before, await allObjects(api)))
    remarks.push(...left.map((line) => `the killed run left ${line}`))
    if (!wasThere) complaints.push(`the run before ended before it could be killed: ${stderr}${stdout.slice(-500)}`)
    if (left.length === 0) complaints.push('the killed run left nothing')
  }
  const started = startHoldfast(args, { state })
  if (one.interrupted !== undefined && !(await signalAt(started, one.interrupted, api)))
    complaints.push('the run ended before it could be interrupted')
  const ended = await endedWithin(started, one.within)
  const { left, seconds } = await leftAfter(before, api)
  if (seconds > 0 && left.length === 0) remarks.push(`all was gone only ${seconds.toFixed(0)} s after the end of the run`)
  if (one.way === 'proxy' && way.passed() === 0) complaints.push('nothing went by the proxy')
  const outcome = { ...ended, left, stdout: `${ended.stdout}\n${reasonsOf(ended.stdout)}` }
  return { ...outcome, complaints: [...complaints, ...complaintsAbout(one, outcome)], remarks }
}

function imageOf({ image }: Case, ground: Ground): readonly string[] {
  return image === null ? [] : ['--workload-image', image ?? ground.image]
}

function settingsOf({ settings }: Case, place: string): readonly string[] {
  if (settings === undefined) return []
  const path = join(place, 'holdfast.yaml')
  writeFileSync(path, stringify(settings))
  return ['--config', path]
}

/** Sends a signal to a run at a moment. Returns false when it ended before. */
async function signalAt(run: Started, { signal, namespace, resource }: Moment, api: AdminApi): Promise<boolean> {
  const over = new AbortController()
  void run.ended.then(() => over.abort())
  const path = `/api/v1/${resource}`
  const others = new Set((await api.list(path)).map(({ uid }) => uid))
  while (!over.signal.aborted) {
    const made = (await api.list(path)).filter(({ uid }) => !others.has(uid))
    if (made.some((one) => one.namespace?.startsWith(namespace) === true)) {
      run.signal(signal)
      return true
    }
    await pause(200)
  }
  return false
}

/** What Kubernetes deletes by itself may take this long, in seconds. */
const goneWithin = 30

/** What was not there before, once it is nothing or will not go, and how long after the end of the run that was. */
async function leftAfter(
  before: readonly ListedObject[],
  api: AdminApi,
): Promise<{ readonly left: readonly ListedObject[]; readonly seconds: number }> {
  const start = performance.now()
  let left = leftOf(before, await allObjects(api))
  if (left.length === 0) return { left, seconds: 0 }
  while (left.length > 0 && performance.now() - start < goneWithin * 1000) {
    await pause(1000)
    left = leftOf(before, await allObjects(api))
  }
  return { left, seconds: (performance.now() - start) / 1000 }
}
