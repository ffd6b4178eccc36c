/** What a word means, in the table of CONTRIBUTING.md where it has it. */
export const glossary: Readonly<Record<string, string>> = {
  guarantee: 'a documented sentence as a literal, with one suite that judges it',
  statement: 'the sentence of a guarantee or of a ledger entry',
  ledger: 'all documented statements that Holdfast knows, and what is really true',
  profile: 'which guarantees run, and on which kind of cluster',
  feature: 'something a cluster offers and a guarantee `requires`',
  act: 'a request of a suite, recorded before it is sent and after it was answered',
  observation: 'one watch event in the history',
  measurement: 'data that a suite read, for example the tree of a volume',
  mark: 'a named point in the history',
  gap: 'an entry that says that events of a kind may be missing',
  history: 'acts, observations, measurements, marks and gaps in one order',
  condition: 'whether a history has reached a state; waits use it',
  check: 'a pure function that judges a whole history',
  judgement: 'the result of one check or one wait: upheld, violated or inconclusive',
  verdict: 'Passed, Failed, Inconclusive or NotSupported: the result of a guarantee',
  Passed: 'every judgement of the guarantee was upheld',
  Failed: 'a judgement was violated: the cluster broke the sentence',
  Inconclusive: 'there is no proof either way; the first reason says why',
  NotSupported: 'the cluster lacks a feature that the guarantee requires, or the guarantee does not apply to it',
  result: 'success, partial or failure: what a run comes to',
  'known failure': 'a failure that is listed with its cause, owner and last day',
  gate: 'what the exit code says: the result, or what known failures make of it',
  evidence: 'the files behind a verdict',
  attestation: 'the signed list of all files of a run, and what the run came to',
  finding: 'something that went wrong outside the verdict, for example in clean-up',
  mutant: 'a real way to break a sentence on a live cluster',
  control: 'one guarantee run under one mutant',
  'killed, alive': 'whether a control failed as it must',
}

/** The glossary of an archive, as Markdown. */
export function glossaryText(): string {
  const rows = Object.entries(glossary).map(([word, meaning]) => `| ${word} | ${meaning} |\n`)
  return `# Words\n\nAll others are those of Kubernetes.\n\n| word | meaning |\n| --- | --- |\n${rows.join('')}`
}
