import { isMap, isScalar, isSeq, type Node, parseAllDocuments, visit } from 'yaml'
import type { PageBlock } from './page.ts'

/** A script of the shell in a file of a CI system, and the line of the page that its block begins on. */
export interface PipelineScript {
  readonly text: string
  readonly line: number
}

/** Keys below which GitHub, GitLab and Tekton have scripts. */
const scriptKeys = ['run', 'script', 'before_script', 'after_script']

/** The scripts in a block of YAML or of a Jenkinsfile; none in any other block. */
export function pipelineScripts({ language, text, line }: Pick<PageBlock, 'language' | 'text' | 'line'>): readonly PipelineScript[] {
  const texts = language === 'yaml' ? inYaml(text) : language === 'groovy' ? inGroovy(text) : []
  return texts.map((script) => ({ text: script, line }))
}

function inYaml(text: string): readonly string[] {
  const scripts: string[] = []
  for (const document of parseAllDocuments(text))
    visit(document, {
      Pair(_, { key, value }) {
        if (!isScalar(key) || !scriptKeys.includes(String(key.value))) return
        scripts.push(...linesOf(value as Node | null))
      },
    })
  return scripts
}

/** A list of lines is one script: a later line finds what an earlier one has set. */
function linesOf(value: Node | null): readonly string[] {
  if (isSeq(value)) return [value.items.map((item) => (isScalar(item) ? String(item.value) : '')).join('\n')]
  return isScalar(value) && !isMap(value) ? [String(value.value)] : []
}

/** What `sh` gets in a Jenkinsfile. In single quotes Groovy puts nothing into it but what stands behind a backslash. */
function inGroovy(text: string): readonly string[] {
  const steps = text.matchAll(/\bsh(?: |\([^']*?script: )(?:'''(?<lines>[\s\S]*?)'''|'(?<line>[^'\n]*)')/g)
  return Array.from(steps, ({ groups = {} }) => (groups['lines'] ?? groups['line'] ?? '').replaceAll('\\\\', '\\'))
}
