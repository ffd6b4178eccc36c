import { join } from 'node:path'
import { codeEnding } from '../../contract/distribution.ts'
import { projectRoot } from '../shell/project-root.ts'

/** Where this Holdfast has what suites of one's own import, by the name that they import it by, wherever they are. */
export const publicEntries: Readonly<Record<string, string>> = {
  'holdfast/harness': join(projectRoot, 'harness', `index${codeEnding}`),
  'holdfast/define': join(projectRoot, 'harness', `define${codeEnding}`),
}
