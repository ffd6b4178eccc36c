import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'
import { workDirectory } from '../shell/work-directory.ts'

interface InitOptions {
  readonly output?: string
  readonly stdout?: boolean
  readonly kubeconfig?: string
  readonly context?: string
}

/** `holdfast init`: writes a settings file with every setting there is, from what it finds on this machine and on a cluster. */
export function init(): Command {
  return strictCommand({
    name: 'init',
    summary: 'write holdfast.yaml with comments, from what is found on this machine and on its cluster',
  })
    .option('--output <file>', 'file to write instead of holdfast.yaml; one that exists is left alone')
    .option('--stdout', 'print it and write nothing')
    .option('--kubeconfig <file>', 'cluster to look at, without changing it; that of kubectl when left out')
    .option('--context <name>', 'context in that kubeconfig; the current one when left out')
    .action(async ({ output, stdout = false, ...place }: InitOptions) => {
      if (stdout && output !== undefined)
        throw new UsageError('--stdout and --output cannot be used together.', { fix: 'Use one of them.' })
      const file = output === undefined ? join(workDirectory, 'holdfast.yaml') : resolve(output)
      if (!stdout && existsSync(file)) throw exists(file)
      const { lookAround } = await import('../init/found.ts')
      const { settingsText } = await import('../init/settings-text.ts')
      const text = settingsText(await lookAround(place))
      if (stdout) return void process.stdout.write(text)
      writeNew(file, text)
      log(`Wrote ${file}.`)
    })
}

/** Writes a file that is not there yet. One that cannot be written whole is not left behind. */
function writeNew(file: string, text: string): void {
  const descriptor = openNew(file)
  try {
    writeFileSync(descriptor, text)
  } catch (error) {
    rmSync(file)
    throw error
  } finally {
    closeSync(descriptor)
  }
}

function openNew(file: string): number {
  try {
    return openSync(file, 'wx')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EEXIST') throw exists(file)
    if (code === 'ENOSPC') throw error
    throw new UsageError(`${file} cannot be written (${code}).`, { fix: 'Give --output a file in a directory that you may write to.' })
  }
}

function exists(file: string): UsageError {
  return new UsageError(`${file} exists already and is left as it is.`, {
    fix: 'Give --output another file, or print the settings with --stdout.',
  })
}
