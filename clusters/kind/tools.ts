import { execa } from 'execa'
import { type GoProgram, kubectl } from '../images/catalogue.ts'
import { builtProgram, ensureGoPrograms } from '../images/go-programs.ts'
import { versions } from '../images/versions.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'

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

/** Programs that run on this machine. */
export type ToolName = 'kind' | 'kubectl' | 'csi-sanity'

/** How each is built. */
export const programs: Readonly<Record<ToolName, GoProgram>> = {
  kind: { binary: 'kind', package: 'sigs.k8s.io/kind' },
  'csi-sanity': { binary: 'csi-sanity', package: 'github.com/kubernetes-csi/csi-test/v5/cmd/csi-sanity' },
  kubectl,
}

/** How an installed program tells its version, and the oldest that will do: kustomize of older kubectls lacks `labels` and `components`. */
const installable: Readonly<Partial<Record<ToolName, { readonly ask: readonly string[]; readonly least: string }>>> = {
  kind: { ask: ['version'], least: versions.kind },
  kubectl: { ask: ['version', '--client'], least: 'v1.27.0' },
}

/** Path of a program that is installed and new enough, or was built before; undefined where there is none. */
export async function findTool(name: ToolName): Promise<string | undefined> {
  return (await findTools(name))[0]
}

/** Paths of all that `findTool` may answer, an installed one first. */
export async function findTools(name: ToolName): Promise<readonly string[]> {
  const found = [(await isInstalled(name)) ? name : undefined, builtProgram(programs[name])]
  return found.filter((path) => path !== undefined)
}

async function isInstalled(name: ToolName): Promise<boolean> {
  const wanted = installable[name]
  if (wanted === undefined) return false
  const installed = await execa(name, wanted.ask, { reject: false })
  const version = /v(\d+\.\d+\.\d+)/.exec(installed.stdout ?? '')?.[1]
  return !installed.failed && version !== undefined && isAtLeast(version, wanted.least)
}

/** Path of a program that runs on this machine: the installed one when it is new enough, else one built from its Go module. */
export async function ensureTool(name: ToolName, options: { readonly log: Log }): Promise<string> {
  const found = await findTool(name)
  if (found !== undefined) return found
  const built = (await ensureGoPrograms([programs[name]], options)).get(name)
  if (built === undefined) throw new SetupError(`${name} is not installed and cannot be built.`)
  return built
}
