import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clusterDirectory } from '../../clusters/directories.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { Sensitivity } from '../controls/kill-table.ts'
import { figuresOf, secondsOfUp, timesOfRun } from './figures-of-run.ts'
import { type GoalFigure, type GoalName, goals, percentile99 } from './goals.ts'
import { directoryIn, type Ended, started, valuesIn } from './started.ts'
import { upstreamSeconds } from './upstream.ts'
import { upstreamRow } from './upstream-row.ts'

/** The suite and the control that stand for all: an ordered start of three Pods, and the mutant that starts them at once. */
const suite = 'statefulset/ordered-startup'
const mutant = 'parallel-pod-management'

/** What is done with values as they come. */
interface Round {
  readonly cluster: string
  readonly signal: AbortSignal
  readonly log: (line: string) => void
  readonly take: (goal: GoalName, value: number, compared?: number) => void
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** Whatever the verdicts: a violation or a partial result is that of the product, and takes its time. */
const anyResult = [0, 1, 2]

async function wholeRun(profile: string, { signal }: Round): Promise<Ended & ReturnType<typeof figuresOf>> {
  const ended = await started(['run', '--profile', profile], { signal, codes: anyResult })
  return { ...ended, ...figuresOf(timesOfRun(directoryIn(ended.output))) }
}

/** How each thing is measured, in this order. What needs a kept cluster comes between `up` and `down`. */
const steps: readonly { readonly of: readonly GoalName[]; readonly run: (round: Round) => Promise<void> }[] = [
  {
    of: ['cluster'],
    async run({ cluster, signal, take }) {
      const { nodes, ready } = secondsOfUp((await started(['up', '--name', cluster], { signal })).output)
      take('cluster', ready, nodes)
    },
  },
  {
    of: ['inner-loop'],
    async run({ cluster, signal, take }) {
      const { seconds, output } = await started(['run', suite, '--cluster', cluster], { signal, codes: anyResult })
      take('inner-loop', seconds, figuresOf(timesOfRun(directoryIn(output))).judged)
    },
  },
  {
    of: ['control'],
    async run({ cluster, signal, take }) {
      const { seconds, output } = await started(['sensitivity', mutant, '--guarantee', suite, '--cluster', cluster], { signal })
      const { rows } = json(join(directoryIn(output), 'sensitivity.json')) as Sensitivity
      take('control', seconds, rows[0]?.seconds)
    },
  },
  {
    of: ['events'],
    async run({ cluster, signal, take }) {
      const { output } = await started(['bench', 'events', '--cluster', cluster], { signal, codes: [0, 1] })
      const { underLoad } = json(valuesIn(output)) as { readonly underLoad: { readonly sinceAnswered: readonly number[] } }
      take('events', percentile99(underLoad.sinceAnswered))
    },
  },
  {
    of: ['many-pvcs'],
    async run({ cluster, signal, take }) {
      const { output } = await started(['bench', 'storage', '--rounds', '3', '--cluster', cluster], { signal, codes: [0, 1] })
      const { figures } = json(valuesIn(output)) as {
        readonly figures: readonly { readonly name: string; readonly values?: readonly number[] }[]
      }
      for (const value of figures.find(({ name }) => name === 'pvcs-bound')?.values ?? []) take('many-pvcs', value)
    },
  },
  {
    of: ['upstream'],
    async run({ cluster, signal, take, log }) {
      const ours = await started(['run', ...upstreamRow.flatMap(({ ours: ids }) => ids), '--cluster', cluster], {
        signal,
        codes: anyResult,
      })
      const record = json(clusterDirectory(cluster, 'cluster.json')) as ClusterRecord
      take('upstream', ours.seconds, await upstreamSeconds(record, { signal, log }))
    },
  },
  { of: [], run: async ({ cluster, signal }) => void (await started(['down', cluster], { signal })) },
  {
    of: ['standard', 'parallel', 'first-verdict', 'runner'],
    async run(round) {
      const { seconds, parallel, firstVerdict, runnerMegabytes } = await wholeRun('standard', round)
      for (const [goal, value] of Object.entries({ standard: seconds, parallel, 'first-verdict': firstVerdict, runner: runnerMegabytes }))
        round.take(goal as GoalName, value)
    },
  },
  {
    of: ['quick'],
    async run(round) {
      round.take('quick', (await wholeRun('quick', round)).seconds)
    },
  },
]

/**
 * Measures all goals, each as often as there are rounds. One that cannot be measured keeps no other from it: the figure says why. Throws
 * when it was interrupted.
 */
export async function measureGoals({
  rounds,
  cluster,
  signal,
  log,
}: {
  readonly rounds: number
  readonly cluster: string
  readonly signal: AbortSignal
  readonly log: (line: string) => void
}): Promise<readonly GoalFigure[]> {
  const taken = new Map<GoalName, { readonly values: number[]; readonly compared: number[] }>()
  const why = new Map<GoalName, string>()
  const take: Round['take'] = (goal, value, compared) => {
    const of = taken.get(goal) ?? { values: [], compared: [] }
    of.values.push(value)
    if (!('atMost' in goals[goal].bound || 'atLeast' in goals[goal].bound)) of.compared.push(compared ?? Number.NaN)
    taken.set(goal, of)
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const { of, run } of steps) {
      if (of.length > 0) log(`Round ${round} of ${rounds}: ${of.map((name) => goals[name].title).join('; ')}`)
      try {
        await run({ cluster, signal, log, take })
      } catch (error) {
        signal.throwIfAborted()
        const sentence = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
        log(`  not measured: ${sentence}`)
        for (const name of of) why.set(name, sentence)
      }
    }
  }
  return (Object.keys(goals) as GoalName[]).map((name) => {
    const { values, compared } = taken.get(name) ?? { values: [], compared: [] }
    const goal = { name, ...goals[name] }
    if (values.length === 0) return { ...goal, why: why.get(name) ?? 'no value came of it.' }
    return { ...goal, values, ...(compared.length > 0 && { compared }) }
  })
}
