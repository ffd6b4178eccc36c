import type { Outcome } from '../../model/entry-outcome.ts'

/** How an outcome looks. Green is for a sentence that holds as it is written, and for nothing else. */
export const outcomeTones = {
  holds: 'good',
  'does not hold (documented wrongly, shown)': 'wrong',
  'condition met: holds; not met: does not': 'partial',
  'condition met: holds': 'partial',
  'condition not met: does not hold': 'partial',
  'partly proven': 'partial',
  'shown in part: conditional': 'partial',
  'a check Failed': 'bad',
  'not settled': 'unsure',
  'does not hold (asserted, not shown in this run)': 'none',
  'not run': 'none',
  'not testable': 'none',
  'no check yet': 'none',
} as const satisfies Record<Outcome, string>
