import type { ClauseResult } from '../model/clauses.ts'
import { type Markup, markup } from './markup.ts'

/** The clauses of a statement: what became of each, and the judgements that decided it, by label. */
export function clausesHtml(clauses: readonly ClauseResult[]): Markup {
  if (clauses.length === 0) return markup``
  const rows = clauses.map(({ key, branch, states, outcome, why, judgements }) => {
    const judged = [...Map.groupBy(judgements, ({ guarantee }) => guarantee)].map(([guarantee, some]) => {
      const byLabel = [...Map.groupBy(some, ({ label }) => label)].map(([label, [first, ...others]]) => {
        const times = others.length === 0 ? '' : ` ×${others.length + 1}`
        return markup` <a href="#${guarantee}.${first?.line}">${label}</a>${times}`
      })
      return markup`<div>${guarantee}:${byLabel}</div>`
    })
    const toned = clauseTones[outcome] === '' ? '' : markup` class="tone ${clauseTones[outcome]}"`
    return markup`<tr><td><code>${key}</code> ${branch === undefined ? '' : markup`<small>condition ${branch}:</small> `}${states}</td><td${toned}>${outcome}${why === undefined ? '' : `: ${why}`}</td><td>${judged}</td></tr>
`
  })
  return markup`<details><summary>${clauses.length === 1 ? '1 clause' : `${clauses.length} clauses`}</summary><table class="rows clauses"><tbody>${rows}</tbody></table></details>`
}

const clauseTones: Readonly<Record<ClauseResult['outcome'], string>> = {
  upheld: 'Passed',
  violated: 'Failed',
  'not settled': 'Inconclusive',
  'not run': '',
  'nobody can decide it': '',
  'no judgement yet': '',
}
