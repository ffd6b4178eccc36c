import { durationRule } from '../compare/duration-rule.ts'
import { verdictChanges } from './verdict-changes.ts'

/**
 * The program of the page that compares runs: it shows the two choices, compares what is chosen, and keeps it in the address behind `#`. It
 * makes the same elements as the page has for neighbours, and sets text, never markup.
 */
export function compareProgram(): string {
  return `'use strict'
const durationRule = (${durationRule.toString()})
const changesOf = (${verdictChanges.toString()})
const data = JSON.parse(document.getElementById('data').textContent)
const [before, after] = ['before', 'after'].map((id) => document.getElementById(id))
${elements}
${choices}`
}

const elements = `
function made(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}
const link = (id) => made('a', { href: 'guarantees/' + id.split('/')[0] + '.html#' + id }, id)
const told = ({ verdict, text }) => [made('span', { className: 'badge ' + verdict }, verdict), ' ' + text]
function rows(all) {
  const head = made('tr', {}, ...['guarantee', 'before', 'after'].map((name) => made('th', { scope: 'col' }, name)))
  const lines = all.map((cells) => made('tr', {}, ...cells.map((cell) => made('td', {}, ...cell))))
  return made('table', { className: 'rows' }, made('thead', {}, head), made('tbody', {}, ...lines))
}
const ids = (all) => made('p', {}, ...all.flatMap((id, at) => (at === 0 ? [link(id)] : [', ', link(id)])))
const folded = (title, all, body) => (all.length === 0 ? [] : [made('details', {}, made('summary', {}, title + ': ' + all.length), body)])`

const choices = `
function show() {
  const places = [before, after].map(({ value }) => data.runs.findIndex(({ name }) => name === value))
  if (places.includes(-1)) return
  const { summary, verdicts, durations, onlyBefore, onlyAfter } = changesOf(data, places, durationRule)
  document.getElementById('changes').replaceChildren(
    made('p', {}, summary),
    ...(verdicts.length === 0 ? [] : [rows(verdicts.map((one) => [[link(one.id)], told(one.before), told(one.after)]))]),
    ...folded('Another duration', durations.changes, rows(durations.changes.map((one) => [[link(one.id)], [one.before], [one.after]]))),
    ...folded('Only before', onlyBefore, ids(onlyBefore)),
    ...folded('Only after', onlyAfter, ids(onlyAfter)),
    made('p', { className: 'quiet' }, 'Durations: ' + durations.rule),
  )
}
// What no program has encoded names no run.
function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
function choose() {
  const names = decoded(location.hash.slice(1)).split('..')
  const isKnown = names.length === 2 && names.every((name) => data.runs.some((run) => run.name === name))
  if (isKnown) [before.value, after.value] = names
  show()
}
// What is shown is never behind the address.
for (const select of [before, after])
  select.addEventListener('change', () => {
    show()
    location.replace('#' + before.value + '..' + after.value)
  })
addEventListener('hashchange', choose)
document.querySelector('.choice').hidden = false
choose()
`
