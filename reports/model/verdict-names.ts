/** Verdicts that a guarantee can have. */
export const verdictNames = ['Passed', 'Failed', 'Inconclusive', 'NotSupported'] as const
