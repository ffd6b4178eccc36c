import { readFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'
import { SetupError } from '../setup-error.ts'

/** A file of the user's, and what it is called in messages. */
export interface NamedFile {
  readonly path: string
  /** Such as `Driver definition driver.yaml`. */
  readonly title: string
}

const template = /\{\{.*?\}\}|\{\{-? |\$\{\w+\}|\$[A-Z][A-Z0-9_]+/

/**
 * Content of a YAML or JSON file of one document. Texts such as `yes` are true, as for Kubernetes. Throws a `SetupError` of one sentence
 * when the file cannot be read, is a template that was not rendered, or is no YAML.
 */
export function readYamlFile(file: NamedFile): unknown {
  const text = textOf(file)
  refuseTemplate(file, text)
  const documents = parseAllDocuments(text, { version: '1.1' })
  const parsed = 'empty' in documents ? [] : documents
  const [fault] = parsed.flatMap(({ errors }) => errors)
  if (fault !== undefined) {
    const [line = ''] = fault.message.split('\n')
    throw new SetupError(`${file.title} is not valid YAML: ${line.replace(/:$/, '')}.`, { fix: 'Correct that line.' })
  }
  const contents = parsed.map((document) => document.toJS() as unknown).filter((content) => content !== null)
  const [content, ...others] = contents
  if (others.length === 0) return content
  throw new SetupError(`${file.title} holds ${contents.length} documents instead of one.`, { fix: 'Give each of them a file of its own.' })
}

function textOf({ path, title }: NamedFile): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    if (code === 'ENOENT') throw new SetupError(`${title} does not exist.`, { fix: 'Correct its path.' })
    throw new SetupError(`${title} cannot be read (${code}).`, { fix: 'Use a file that you can read.' })
  }
}

/** What a program puts in later makes no YAML, or one that means something else. */
function refuseTemplate({ title }: NamedFile, text: string): void {
  for (const [index, line] of text.split('\n').entries()) {
    const found = template.exec(line.replace(/(^|\s)#.*$/, ''))?.[0]
    if (found === undefined) continue
    throw new SetupError(`${title} is a template that was not rendered: line ${index + 1} holds ${found.trim()}.`, {
      fix: 'Render it first, for example with "helm template" or "envsubst", and use the result.',
    })
  }
}
