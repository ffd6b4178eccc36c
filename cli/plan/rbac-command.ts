import { shellWord } from '../../contract/shell-word.ts'
import type { RunProfile } from './profiles.ts'
import type { SelectionFlags } from './selection.ts'
import { ownCommand } from '../../contract/distribution.ts'

type Selecting = SelectionFlags & {
  readonly config?: string
  readonly profile?: RunProfile
  readonly veleroNamespace?: string
  readonly suites?: readonly string[]
}

/** The command that prints the roles for a run which selects guarantees in this way, as a shell takes it. */
export function rbacCommand(names: readonly string[], options: Selecting): string {
  const { config, profile, level, area, feature, skipSlow, skipDisruptive, veleroNamespace, suites = [] } = options
  const flags = Object.entries({
    ...{ '--config': config, '--profile': profile, '--level': level, '--area': area, '--feature': feature },
    '--velero-namespace': veleroNamespace,
  })
  const words = [
    ...names,
    ...suites.flatMap((directory) => ['--suites', directory]),
    ...flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, ...(typeof value === 'string' ? [value] : value)])),
    ...(skipSlow === true ? ['--skip-slow'] : []),
    ...(skipDisruptive === true ? ['--skip-disruptive'] : []),
  ]
  return [ownCommand, 'rbac', ...words.map(shellWord)].join(' ')
}
