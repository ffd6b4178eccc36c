import { createHash } from 'node:crypto'
import { type Label, Stage, type TestResult } from 'allure-js-commons'

/** What a result for Allure is known by. */
export interface NamedResult {
  /** Names the same check or test in every run: an Allure that is fed with several runs knows it again. */
  readonly fullName: string
  readonly name: string
  /** The folders of Allure's tree, from the outermost. */
  readonly titlePath: readonly string[]
  readonly labels: readonly Label[]
  /** Names the result itself, and its file; of one made again from the same evidence it is the same, which it is when absent. */
  readonly uuid?: string
}

/** A result for Allure that has its names, and neither status nor times. */
export function bareResult({ fullName, name, titlePath, labels, uuid }: NamedResult): TestResult {
  const known = uuidOf(fullName)
  return {
    ...{ uuid: uuid ?? known, historyId: known, testCaseId: known, fullName, name, titlePath: [...titlePath], labels: [...labels] },
    ...{ stage: Stage.FINISHED, statusDetails: {}, links: [], parameters: [], steps: [], attachments: [] },
  }
}

/** The same UUID for the same text. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
