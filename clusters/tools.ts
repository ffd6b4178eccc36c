import { execa } from 'execa'
import { programs } from './images/catalogue.ts'
import { ensureGoPrograms } from './images/go-programs.ts'
import { versions } from './images/versions.ts'
import type { Log } from './log.ts'
import { SetupError } from './setup-error.ts'

function numbers(version: string): number[] {
  return version.replace(/^v/, '').split('.').map(Number)
}

/** Compares dotted version numbers; true when `found` is `wanted` or newer. */
export function isAtLeast(found: string, wanted: string): boolean {
  const [left, right] = [numbers(found), numbers(wanted)]
  for (let part = 0; part < right.length; part++) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

/** Path of a program that runs on this machine: the installed `kind` when it is new enough, else one built from its Go module. */
export async function ensureTool(name: 'kind' | 'csi-sanity', options: { readonly log: Log }): Promise<string> {
  if (name === 'kind') {
    const installed = await execa('kind', ['version'], { reject: false })
    const version = /v(\d+\.\d+\.\d+)/.exec(installed.stdout ?? '')?.[1]
    if (!installed.failed && version !== undefined && isAtLeast(version, versions.kind)) return 'kind'
  }
  const program = programs[name]
  const built = program === undefined ? undefined : (await ensureGoPrograms([program], options.log)).get(name)
  if (built === undefined) throw new SetupError(`${name} is not installed and cannot be built.`)
  return built
}
