import { execa } from 'execa'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { ensureTool, findTool } from '../kind/tools.ts'
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
  const rendered = await execa(kubectl, ['kustomize', directory], {
    reject: false,
    timeout: renderedWithin * 1000,
    // A base that needs a password would be asked for on the terminal.
    env: { GIT_TERMINAL_PROMPT: '0' },
  })
  if (rendered.failed) {
    const said = kustomizeError(rendered.stderr)
    const why = rendered.timedOut ? `it took longer than ${renderedWithin} s` : said
    const byHand = `what "kubectl kustomize ${directory}" prints`
    throw new SetupError(`Kustomization ${directory} cannot be rendered: ${why}.`, {
      fix:
        rendered.timedOut || isFetch.test(said)
          ? `Put the bases that it takes from elsewhere beside it, or pass ${byHand} where they can be fetched.`
          : `Correct it until "kubectl kustomize ${directory}" prints its objects.`,
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

/** How kustomize says that it did not get a base from elsewhere. */
const isFetch = /failed to run '[^']*git|Get "https?:|git cmd = /

/**
 * What kubectl says of a kustomization that is wrong, in one line without a full stop. Older ones write `error: …`; newer ones write a line
 * of a log, with the error in quotation marks or, where it has lines, between `<` and `>`.
 */
export function kustomizeError(printed: string): string {
  const inLines = / err=<\n([\s\S]*?)\n >/.exec(printed)?.[1]
  const quoted = / err=("(?:[^"\\]|\\.)*")/.exec(printed)?.[1]
  const said = inLines ?? unquoted(quoted) ?? /^error: ([\s\S]*)/m.exec(printed)?.[1] ?? printed
  return said.trim().replaceAll(/\s+/g, ' ').replace(/\.$/, '')
}

function unquoted(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as string
  } catch {
    // Go writes letters that it cannot print in ways that JSON does not know.
    return text.slice(1, -1)
  }
}

async function versionOf(kubectl: string): Promise<string> {
  const { stdout } = await execa(kubectl, ['version', '--client'], { reject: false })
  return `kubectl ${/v\d+\.\d+\.\d+\S*/.exec(stdout ?? '')?.[0] ?? 'of an unknown version'}`
}
