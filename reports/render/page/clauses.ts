import type { ClauseResult } from '../../model/clauses.ts'
import { type Markup, markup } from '../markup.ts'

/** The clauses of a statement: what became of each, and the judgements that decided it, by label. */
export function clausesHtml(clauses: readonly ClauseResult[]): Markup {
  if (clauses.length === 0) return markup``
  const items = clauses.map(({ key, branch, states, outcome, why, judgements }) => {
    const judged = [...Map.groupBy(judgements, ({ guarantee, label }) => `${guarantee} ${label}`).values()].map(([first, ...others]) => {
      const times = others.length === 0 ? '' : ` ×${others.length + 1}`
      return markup` <a href="#${first?.guarantee}.${first?.line}">${first?.label}</a>${times}`
    })
    const toned = clauseTones[outcome] === '' ? '' : markup` class="tone ${clauseTones[outcome]}"`
    return markup`<li><code>${key}</code> ${branch === undefined ? '' : markup`<small>condition ${branch}:</small> `}${states} <b${toned}>${outcome}</b>${why === undefined ? '' : `: ${why}`}${judged.length === 0 ? '' : markup` by${judged}`}
`
  })
  return markup`<details class="clauses"><summary>${clauses.length === 1 ? '1 clause' : `${clauses.length} clauses`}</summary><ul>${items}</ul></details>`
}

const clauseTones: Readonly<Record<ClauseResult['outcome'], string>> = {
  upheld: 'Passed',
  violated: 'Failed',
  'not settled': 'Inconclusive',
  'not run': '',
  'nobody can decide it': '',
  'no judgement yet': '',
}
