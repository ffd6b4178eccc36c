import type { Guarantee } from '../harness/guarantee.ts'
import { sourceUrl } from '../reports/source-url.ts'
import type { SuiteEntry } from './guarantee-catalogue.ts'

/** `docs/guarantees.md`, whole, made from the suites. */
export function guaranteesPage(catalogue: readonly SuiteEntry[]): string {
  const total = catalogue.reduce((sum, suite) => sum + suite.guarantees.length, 0)
  const head = [
    '# Guarantees',
    '',
    'Generated from the suites by `./holdfast guarantees --write`; `npm run check` fails when it is stale.',
    '',
    `${total} guarantees in ${catalogue.length} suites. *Broken by* names the mutants under which the guarantee must come out \`Failed\`.`,
  ]
  return `${[...head, ...catalogue.flatMap(suiteSection)].join('\n')}\n`
}

function suiteSection(suite: SuiteEntry): readonly string[] {
  return ['', `## ${suite.name}`, '', `Suite: \`suites/${suite.name}.suite.ts\``, ...suite.guarantees.flatMap(guaranteeSection)]
}

function guaranteeSection(guarantee: Guarantee): readonly string[] {
  const requires = guarantee.requires.length === 0 ? 'nothing beyond Kubernetes' : guarantee.requires.join(', ')
  return [
    '',
    `### ${guarantee.id}`,
    '',
    `**${guarantee.level}** ${guarantee.statement}`,
    '',
    `- Documented at <${sourceUrl(guarantee.source)}>`,
    `- Requires: ${requires}`,
    `- Broken by: ${guarantee.mutants.map((name) => `\`${name}\``).join(', ')}`,
  ]
}
