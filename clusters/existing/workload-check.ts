import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { programPath } from '../../contract/workload.ts'
import { projectRoot } from '../directories.ts'
import { ownSources } from '../images/plan.ts'

/** Exit code of the check where the image has no program of suites. */
export const exitWithoutProgram = 44

/** Commands that the program of the suites knows in this checkout: it tells them when it is given none. */
async function workloadCommands(): Promise<readonly string[]> {
  const entry = join(projectRoot, ownSources['workload']?.entry ?? '')
  const usage = await new Promise<string>((resolve) => {
    // It exits with an error, as it should without a command.
    execFile(process.execPath, [entry], (_error, _stdout, stderr) => resolve(stderr))
  })
  const names = /<([a-z |]+)>/.exec(usage)?.[1]?.split(' | ') ?? []
  if (names.length === 0) throw new Error(`${entry} does not tell its commands: ${usage}`)
  return names
}

/**
 * Shell lines that run the program of the suites and call `fail` with half a sentence unless it is the one of this version of Holdfast, and
 * with an exit code where it is missing. `path` is where it is.
 */
export async function workloadCheck(path: string = programPath): Promise<string> {
  return `
[ -r ${path} ] || fail "it has no ${path}" ${exitWithoutProgram}
usage=$(node ${path} 2>&1)
[[ $usage == *"Usage: workload.mjs <"* ]] || fail "its ${path} is not the program of Holdfast"
for name in ${(await workloadCommands()).join(' ')}; do
  [[ $usage =~ [\\<\\ ]$name[\\ \\>] ]] || fail "its ${path} is of another version of Holdfast and has no command $name"
done
`
}
