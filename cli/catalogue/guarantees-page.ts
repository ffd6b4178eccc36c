import type { Guarantee } from '../../harness/engine/guarantee.ts'
import type { CoveredEntry } from '../../reports/model/ledger.ts'
import { sourceUrl } from '../../reports/model/source-url.ts'
import type { SuiteEntry } from './guarantee-catalogue.ts'
import { ledgerLines } from './ledger-page.ts'
import { provedEntries } from './proved-entries.ts'

/** `docs/guarantees.md`, whole, made from the suites and the ledger. */
export function guaranteesPage(catalogue: readonly SuiteEntry[], ledger: readonly CoveredEntry[]): string {
  const total = catalogue.reduce((sum, suite) => sum + suite.guarantees.length, 0)
  const concepts = [...new Set(catalogue.map(conceptOf))]
  const head = [
    '# Guarantees',
    '',
    'Generated from the suites and the ledger by `./holdfast guarantees --write`; `npm run check` fails when it is stale.',
    '',
    `Guarantees: ${total}, documented statements: ${ledger.length}. *Broken by* names the mutants under which a guarantee must come out \`Failed\`.`,
    '[The kill table](kills.md) says when each of them was last seen to.',
  ]
  const sections = concepts.flatMap((concept) => [
    '',
    `## ${concept}`,
    ...catalogue.filter((suite) => conceptOf(suite) === concept).flatMap(suiteLines),
  ])
  return `${[...head, ...sections, ...ledgerLines(ledger)].join('\n')}\n`
}

function conceptOf({ name }: SuiteEntry): string {
  return name.split('/')[0] ?? name
}

function suiteLines({ name, guarantees }: SuiteEntry): readonly string[] {
  return guarantees.flatMap((guarantee) => guaranteeLines(guarantee, `suites/${name}.suite.ts`))
}

function guaranteeLines(guarantee: Guarantee, file: string): readonly string[] {
  const { requires: features, since, gate } = guarantee
  const needs = [
    ...features,
    ...(since === undefined ? [] : [`Kubernetes ${since}`]),
    ...(gate === undefined ? [] : [`feature gate ${gate}`]),
  ]
  const requires = needs.length === 0 ? 'nothing beyond Kubernetes' : needs.join(', ')
  return [
    '',
    `### ${guarantee.id}`,
    '',
    `**${guarantee.level}** ${guarantee.statement}`,
    '',
    `- Documented at <${sourceUrl(guarantee.source)}>`,
    `- Checked by [${file}](../${file})`,
    `- Requires: ${requires}`,
    ...(guarantee.podSecurity ? [`- Pod Security level \`${guarantee.podSecurity.level}\`: ${guarantee.podSecurity.why}`] : []),
    `- Broken by: ${guarantee.mutants.map((name) => `\`${name}\``).join(', ')}`,
    `- Proves: ${provedEntries(guarantee)
      .map((name) => `\`${name}\``)
      .join(', ')}`,
  ]
}
