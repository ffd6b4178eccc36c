import { expect, test } from 'vitest'
import { exampleSide } from '../testing/example-side.ts'
import { compare } from './compare.ts'
import { written } from './comparison-output.ts'
import { byWhy, shortByWhy } from './only-in-one.ts'

const why = 'not selected: slow'
const some = (concept: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `${concept}/${at}`, verdict: 'Passed' as const, why }))

test('a few are told one by one, and what is not Passed says so', () => {
  const only = [...some('dns', 11), { id: 'pvcs/a', verdict: 'Failed' as const, why }]
  expect(shortByWhy(only)).toEqual([{ why, count: 12, ids: [...some('dns', 11).map(({ id }) => id), 'pvcs/a (Failed)'], concepts: [] }])
})

test('of many, each concept has its number and the first, what is not Passed before the rest', () => {
  const failed = { id: 'dns/x', verdict: 'Inconclusive' as const, why }
  expect(shortByWhy([...some('dns', 30), failed, ...some('pvcs', 2), { id: 'a/b', verdict: 'Passed', why: 'other' }])).toEqual([
    {
      ...{ why, count: 33, ids: [] },
      concepts: [
        { concept: 'dns', count: 31, first: ['dns/x (Inconclusive)', 'dns/0', 'dns/1'] },
        { concept: 'pvcs', count: 2, first: ['pvcs/0', 'pvcs/1'] },
      ],
    },
    { why: 'other', count: 1, ids: ['a/b'], concepts: [] },
  ])
})

test('the long form leaves nothing out', () => {
  expect(byWhy(some('dns', 200))[0]?.ids).toHaveLength(200)
})

const many = Object.fromEntries(some('statefulset', 199).map(({ id }) => [id, 'Passed' as const]))
const comparison = await compare({
  before: exampleSide({ guarantees: { 'a/b': 'Passed', ...many } }),
  after: exampleSide({ id: '20261122-100000-ab12', guarantees: { 'a/b': 'Passed' } }),
  gateDurations: false,
})

test('text and Markdown are short, JSON and the page have every name', () => {
  const first = 'statefulset/0, statefulset/1, statefulset/2, and 196 more'
  const lines = written(comparison, 'text').split('\n')
  const at = lines.indexOf('Only before (199); JSON and HTML have them all')
  expect(lines.slice(at + 1, at + 3)).toEqual(['  no such guarantee there (199)', `    statefulset  199  ${first}`])
  const markdown = written(comparison, 'markdown')
  expect(markdown).toContain('<summary>Only before (199); JSON and HTML have them all</summary>')
  expect(markdown).toContain(
    '- no such guarantee there (199)\n  - statefulset, 199: `statefulset/0`, `statefulset/1`, `statefulset/2`, and 196 more\n',
  )
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(200)
  for (const format of ['json', 'html'] as const) for (const id of Object.keys(many)) expect(written(comparison, format)).toContain(id)
})
