import type { StoredReport } from '../../reports/model/stored-report.ts'
import { UsageError } from '../shell/usage-error.ts'

/**
 * The report of a run that comes out as it is stored, when it is verified and judged again. Throws a `UsageError` with the first thing that
 * does not: such a run is neither published nor attested.
 */
export async function provenReport(directory: string): Promise<StoredReport> {
  const { readReport, reportProblems } = await import('../../reports/attest/verify-run.ts')
  const { recheck } = await import('../../reports/verify/recheck.ts')
  const unproven = (sentence: string, more: number) => {
    const others = more > 0 ? ` (and ${more} more)` : ''
    return new UsageError(`The run is not as stored: ${sentence.replace(/\.?$/, '')}${others}.`, {
      fix: `"holdfast verify ${directory}" shows all that is wrong; only a run that comes out as stored is published or attested.`,
    })
  }
  const report = await readReport(directory)
  const [problem, ...problems] = await reportProblems(directory, report)
  if (problem !== undefined) throw unproven(problem, problems.length)
  const { checked, byDigest, differences } = await recheck(directory)
  const [difference, ...others] = differences
  if (difference !== undefined) {
    const { guarantee, what, stored, now } = difference
    throw unproven(`${what} of ${guarantee} is stored as "${stored}" and now "${now}"`, others.length)
  }
  if (checked + byDigest === 0 || report === undefined)
    throw new UsageError(`${directory} holds no evidence.`, { fix: 'Name a run that judged something.' })
  return report
}
