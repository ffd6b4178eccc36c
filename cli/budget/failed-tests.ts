import { stripVTControlCharacters } from 'node:util'
import type { Stage } from './tally.ts'

/** More than fit on a screen help nobody to begin. */
const namedAtMost = 20

/**
 * What failed in the stages that have names for it, one line a test with its stage and the first line of what it said: those who see only
 * the end of the output read what to look for in the rest. None when nothing failed.
 */
export function failedTestLines(stages: readonly Stage[]): readonly string[] {
  const lines = stages.flatMap(({ name: stage, failedTests = [] }) =>
    failedTests.map(({ name, message }) => `  ${stage}: ${name}: ${firstLineOf(message)}`),
  )
  if (lines.length === 0) return []
  const more = lines.length - namedAtMost
  return ['Failed:', ...lines.slice(0, namedAtMost), ...(more > 0 ? [`  and ${more} more`] : [])]
}

function firstLineOf(message: string): string {
  return stripVTControlCharacters(message).trim().split('\n')[0] ?? ''
}
