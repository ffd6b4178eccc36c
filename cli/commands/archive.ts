import type { Command } from 'commander'
import { sentenceOf } from '../../harness/engine/causes.ts'
import { findRun } from '../run/find-run.ts'
import { log } from '../shell/log.ts'
import { cannotBeWritten, newFile } from '../shell/new-file.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { refusedAsUsage } from '../shell/refused-as-usage.ts'

/** `holdfast archive <run> [file]`: a run in one file, for whoever has nothing else. */
export function archive(): Command {
  return strictCommand({ name: 'archive', summary: 'pack a run into one file, with what a reader needs to verify it without Holdfast' })
    .argument('<run>', 'run id, run directory, published copy, or "latest"')
    .argument('[file]', 'a new file; holdfast-<run id>.tar.zst in the current directory when left out')
    .action(async (name: string, file: string | undefined) => {
      const directory = findRun(name)
      const wanted = file === undefined ? undefined : newFile(file)
      const { packedRun } = await import('../../reports/archive/pack-run.ts')
      const { writeNew } = await import('../../reports/attest/write-new.ts')
      const packed = await packedRun(directory).catch((error: unknown) => {
        throw refusedAsUsage(error)
      })
      const path = wanted ?? newFile(packed.name)
      try {
        writeNew(path, packed.content)
      } catch (error) {
        throw cannotBeWritten(path, sentenceOf(error))
      }
      const { files, bytes, leftOut, content } = packed
      log(`Packed ${files} files with ${megabytes(bytes)} into ${path}: ${megabytes(content.length)}.`)
      if (leftOut > 0) log(`Left out ${leftOut} files: they are empty, or say for Allure what the others say.`)
      log(`Verify it with "holdfast verify ${path}", or as VERIFY.md in it says.`)
    })
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(2)} MB`
}
