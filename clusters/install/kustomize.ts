import { execa } from 'execa'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { ensureTool, findTool } from '../tools.ts'
import type { Rendered } from './manifest-sources.ts'

/** How kubectl is had. */
export interface KustomizeOptions {
  readonly log: Log
  /** Whether kubectl is built where there is none. */
  readonly mayBuild: boolean
}

/** Bases may be fetched from elsewhere, in seconds. */
const renderedWithin = 180

/** Renders a kustomization as `kubectl apply --kustomize` does. Throws a `SetupError` of one sentence where that cannot be done. */
export async function renderKustomization(directory: string, options: KustomizeOptions): Promise<Rendered> {
  const kubectl = await kubectlFor(directory, options)
  const rendered = await execa(kubectl, ['kustomize', directory], { reject: false, timeout: renderedWithin * 1000 })
  if (rendered.failed) {
    const why = rendered.timedOut ? `it took longer than ${renderedWithin} s` : firstLine(rendered.stderr)
    throw new SetupError(`Kustomization ${directory} cannot be rendered: ${why}.`, {
      fix: `Correct it until "kubectl kustomize ${directory}" prints its objects.`,
    })
  }
  return { text: rendered.stdout, by: await versionOf(kubectl) }
}

async function kubectlFor(directory: string, { log, mayBuild }: KustomizeOptions): Promise<string> {
  const found = await findTool('kubectl')
  if (found !== undefined) return found
  const fix = `Install kubectl 1.27 or newer, or pass what "kubectl kustomize ${directory}" prints as a file.`
  if (!mayBuild) throw new SetupError(`Kustomization ${directory} needs kubectl to be rendered, and a dry run builds none.`, { fix })
  try {
    return await ensureTool('kubectl', { log })
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    throw new SetupError(`Kustomization ${directory} needs kubectl to be rendered, which is not installed and could not be built.`, {
      fix,
      cause: error,
    })
  }
}

/** What kustomize says begins with what it was doing, and may go on for lines. */
function firstLine(printed: string): string {
  const lines = printed.trim().split('\n')
  return (lines.find((line) => line.startsWith('error: ')) ?? lines.at(-1) ?? '').replace(/^error: /, '').replace(/\.$/, '')
}

async function versionOf(kubectl: string): Promise<string> {
  const { stdout } = await execa(kubectl, ['version', '--client'], { reject: false })
  return `kubectl ${/v\d+\.\d+\.\d+\S*/.exec(stdout ?? '')?.[0] ?? 'of an unknown version'}`
}
