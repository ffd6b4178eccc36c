import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Starts suites in the order in which the run named them: Vitest's own goes by what a former run on this machine left. */
export class SuiteSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = (process.env['HOLDFAST_SUITES'] ?? '').split('\n')
    // A suite of one's own is named by its absolute path.
    const place = ({ moduleId }: TestSpecification) =>
      Math.max(order.indexOf(relative(this.ctx.config.root, moduleId)), order.indexOf(moduleId))
    return Promise.resolve(files.toSorted((a, b) => place(a) - place(b)))
  }
}
