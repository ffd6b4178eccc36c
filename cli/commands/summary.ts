import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { sentenceOf } from '../../harness/engine/causes.ts'
import { findRun } from '../run/find-run.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

const formats = ['text', 'markdown', 'github'] as const

type Format = (typeof formats)[number]

/** `holdfast summary [run]`: what a run has come to, for a terminal, for the summary of a job, or as annotations. */
export function summary(): Command {
  return strictCommand({
    name: 'summary',
    summary: 'print what a run has come to: for a terminal, as Markdown for a job, or as workflow commands of GitHub',
  })
    .addOption(new Option('--format <name>', 'how it is written').choices(formats).default('text'))
    .argument('[run]', 'run id, run directory, or "latest"', 'latest')
    .action(async (name: string, { format }: { readonly format: Format }) => {
      process.stdout.write(await written(findRun(name), format))
    })
}

async function written(directory: string, format: Format): Promise<string> {
  const { reportOfRun } = await import('../../reports/model/report-of-run.ts')
  const report = await reportOfRun(directory).catch((error: unknown) => {
    throw new UsageError(sentenceOf(error), { fix: 'Name a run that has ended.' })
  })
  switch (format) {
    case 'text': {
      const { summaryLines } = await import('../../reports/render/text/summary.ts')
      const htmlPath = join(directory, 'index.html')
      return `${summaryLines(report, { htmlPath, runDirectory: directory }).join('\n')}\n`
    }
    case 'markdown': {
      const { jobSummary } = await import('../../reports/render/text/job-summary.ts')
      const comparison = join(directory, 'comparison.md')
      return [jobSummary(report), ...(existsSync(comparison) ? [readFileSync(comparison, 'utf8')] : [])].join('\n')
    }
    case 'github': {
      const { workflowCommands } = await import('../../reports/render/text/workflow-commands.ts')
      return workflowCommands(report)
        .map((line) => `${line}\n`)
        .join('')
    }
  }
}
