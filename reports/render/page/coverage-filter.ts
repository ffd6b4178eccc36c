import type { Outcome } from '../../model/entry-outcome.ts'
import { type Markup, markup } from '../markup.ts'

interface Choices {
  readonly areas: readonly string[]
  readonly outcomes: readonly Outcome[]
  readonly documents: readonly string[]
}

/** The controls that narrow the table of statements. They are hidden until the program shows them: without scripts the table is whole. */
export function filterHtml({ areas, outcomes, documents }: Choices): Markup {
  return markup`<form class="filter" id="filter" hidden aria-label="Filter of the statements">
${choiceHtml('area', areas)}${choiceHtml('level', ['MUST', 'SHOULD', 'MAY'])}${choiceHtml('outcome', outcomes)}${choiceHtml('document', documents)}
<label>text <input type="search" name="text"></label> <output name="count"></output></form>`
}

function choiceHtml(name: string, options: readonly string[]): Markup {
  return markup`<label>${name} <select name="${name}"><option value="">all</option>${options.map((option) => markup`<option>${option}</option>`)}</select></label>
`
}

/** The program of the page of a run: it narrows the table of statements to what is chosen, and changes nothing else. */
export const coverageFilter = `'use strict'
const form = document.getElementById('filter')
if (form !== null) {
  const bodies = [...document.querySelectorAll('.coverage > tbody')]
  const texts = new Map()
  const fits = (row, area) => {
    const { level, outcome, document: title, area: wanted, text } = form.elements
    const cells = row.cells
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase())
    return (wanted.value === '' || wanted.value === area)
      && (level.value === '' || cells[1].textContent === level.value)
      && (outcome.value === '' || cells[2].firstElementChild.textContent === outcome.value)
      && (title.value === '' || cells[3].textContent.includes(title.value))
      && text.value.toLowerCase().split(/\\s+/).every((word) => texts.get(row).includes(word))
  }
  const narrow = () => {
    let count = 0
    for (const body of bodies) {
      const [head, ...rows] = body.rows
      for (const row of rows) row.hidden = !fits(row, head.textContent)
      const left = rows.filter((row) => !row.hidden).length
      body.hidden = left === 0
      count += left
    }
    form.elements.count.value = count + ' statements'
  }
  // A link to a statement that is filtered out would lead nowhere.
  const showTarget = () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest('.coverage tr')
    if (!row || (!row.hidden && !row.parentElement.hidden)) return
    form.reset()
    narrow()
    row.scrollIntoView()
  }
  form.addEventListener('input', narrow)
  form.addEventListener('submit', (event) => event.preventDefault())
  addEventListener('hashchange', showTarget)
  form.hidden = false
  narrow()
}
`
