import { Argument, type Command } from 'commander'
import type { CommandShape } from '../completion/command-shape.ts'
import { strictCommand } from '../shell/strict-command.ts'

const shells = ['bash', 'zsh', 'fish'] as const

/** `holdfast completion <shell>`: the script with which a shell completes commands, flags and their values. */
export function completion(): Command {
  return strictCommand({ name: 'completion', summary: 'print the script with which a shell completes commands, flags and their values' })
    .addArgument(new Argument('<shell>', 'shell to print it for').choices(shells))
    .action(async (shell: (typeof shells)[number], _, command: Command) => {
      const { commandShape } = await import('../completion/command-shape.ts')
      process.stdout.write(await scriptOf(shell, commandShape(command.parent ?? command)))
    })
}

async function scriptOf(shell: (typeof shells)[number], program: CommandShape): Promise<string> {
  switch (shell) {
    case 'bash':
      return (await import('../completion/bash.ts')).bashScript(program)
    case 'zsh':
      return (await import('../completion/zsh.ts')).zshScript(program)
    case 'fish':
      return (await import('../completion/fish.ts')).fishScript(program)
  }
}
