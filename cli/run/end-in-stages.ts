import type { Stages } from '../budget/stages.ts'
import { countOne } from '../budget/tally.ts'
import { type EndedRun, endRun } from './end-run.ts'

/** A run of `npm test` whose work is over. */
export interface EndedStages extends Omit<EndedRun, 'around'> {
  readonly stages: Pick<Stages, 'run'>
}

/**
 * Ends a run as `endRun` does, with the stages `report` and `cluster down`. What fails is printed, and is a failed check: of `report` what
 * could not be written, of `cluster down` what became of the logs and of the cluster. Nothing is thrown.
 */
export async function endInStages({ stages, report, ...ended }: EndedStages): Promise<void> {
  let early: readonly string[] = []
  let ofGuarantees: readonly string[] = []
  const inStage = async (name: string, work: () => Promise<readonly string[]>) => {
    let findings: readonly string[] = []
    await stages.run(name, async () => {
      findings = await work()
      const failed = [...(name === clusterDown ? early : []), ...findings].filter((finding) => !ofGuarantees.includes(finding))
      return failed.length === 0 ? undefined : countOne(false)
    })
    return findings
  }
  await endRun({
    ...ended,
    async report() {
      const closed = await report()
      ofGuarantees = closed.ofGuarantees
      return closed
    },
    async around(part, work) {
      if (part !== 'before') return inStage(part === 'report' ? 'report' : clusterDown, work)
      early = await work()
      return early
    },
  })
}

const clusterDown = 'cluster down'
