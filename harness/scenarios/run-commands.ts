import { expect } from 'vitest'
import '../engine/judge/matchers.ts'
import type { History } from '../engine/history/history.ts'
import { kubectlPrinted } from '../vocabulary/checks.ts'
import { commandsAsWritten, type CommandsName } from '../vocabulary/example/example-text.ts'
import type { Kubectl } from '../vocabulary/kubectl/kubectl.ts'

/** Commands of a document, and what they are run with. */
export interface RunCommands {
  /** By the name that a document has for an object, the name of the object that is there. */
  readonly names: Readonly<Record<string, string>>
  /** Program that edits a file in place of somebody, as `KUBE_EDITOR` has it. */
  readonly editor?: string
  readonly fixtures: { readonly kubectl: Kubectl; readonly history: History }
}

/** Runs the commands of a document, one after the other, each with the names of what is there, and judges that each ends well. */
export async function runCommands(name: CommandsName, { names, editor, fixtures }: RunCommands): Promise<void> {
  const { kubectl, history } = fixtures
  for (const [, ...words] of commandsAsWritten(name)) {
    const args = words.map((word) => Object.entries(names).reduce((text, [written, there]) => text.replace(written, there), word))
    const label = `${name}: kubectl ${args.join(' ')}`
    const command = await kubectl.run(args, { label, ...(editor !== undefined && { editor }) })
    await expect(history).toUphold(kubectlPrinted({ command }), { as: 'each-ends-well' })
  }
}
