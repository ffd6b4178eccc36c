import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'

const root = join(import.meta.dirname, '..', '..', '..')

/** A file of `docs/examples` that readers paste, by its name without the ending. */
export type ExampleName =
  | 'dump-cronjob'
  | 'dynamic-volume'
  | 'expanded-pvc'
  | 'mongodb-replica-set'
  | 'nginx-statefulset'
  | 'postgres-deployment'
  | 'postgres-over-zones'
  | 'postgres-statefulset'
  | 'restored-pvc'
  | 'snapshot'
  | 'snapshot-cronjobs'
  | 'static-volume'
  | 'storage-classes'
  | 'update-strategy-patch'
  | 'velero-schedule'
  | 'web-deployment'

/** An example as a document has it, a file of `suites/examples/as-written` by its name without the ending. */
export type WrittenName =
  | 'dump-cronjob'
  | 'dynamic-volume'
  | 'expansion'
  | 'headless-service'
  | 'mongodb-replica-set'
  | 'nginx-exercise'
  | 'performance-classes'
  | 'postgres-deployment'
  | 'postgres-over-zones'
  | 'postgres-statefulset'
  | 'snapshot-block'
  | 'snapshot-daily'
  | 'snapshot-six-hourly'
  | 'static-volume'
  | 'three-aws-classes'
  | 'two-binding-classes'
  | 'update-strategy'
  | 'velero-backup'
  | 'volume-claim-templates'
  | 'web-deployment'

/** Commands as a document has them, a file beside those. */
export type CommandsName = 'trouble-commands' | 'talk-commands'

/** Directories of both, below the checkout. */
export const exampleDirectories = { corrected: 'docs/examples', written: 'suites/examples/as-written' } as const

/** The text of an example as readers paste it. */
export function textOfExample(name: ExampleName): string {
  return readFileSync(join(root, exampleDirectories.corrected, `${name}.yaml`), 'utf8')
}

/** The text of an example as a document has it. */
export function textAsWritten(name: WrittenName | CommandsName): string {
  return readFileSync(join(root, exampleDirectories.written, `${name}.txt`), 'utf8')
}

/** The commands of a document, each as its words. */
export function commandsAsWritten(name: CommandsName): readonly (readonly string[])[] {
  const lines = textAsWritten(name).split('\n')
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(' '))
}

/** A text without what follows an empty line in each of its documents: a timeline, or commands to try. */
export function withoutCommentary(text: string): string {
  return text
    .split(/^---\n/mu)
    .map((document) => `${document.split('\n\n')[0]?.trimEnd() ?? ''}\n`)
    .join('---\n')
}

/** What each document of a text says. Throws for a text that is not YAML. */
export function documentsIn(text: string): readonly unknown[] {
  return parseAllDocuments(text).map((document) => {
    const [error] = 'errors' in document ? document.errors : []
    if (error !== undefined) throw error
    return 'toJS' in document ? (document.toJS() as unknown) : undefined
  })
}
