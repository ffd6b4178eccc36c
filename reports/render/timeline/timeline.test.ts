import { describe, expect, test } from 'vitest'
import { act, expansionWithGap, historyOf, orderedStartup, parallelStartup, pod } from '../../testing/example-history.ts'
import { actFlags, measurementFlags, packRows } from './timeline-flags.ts'
import { gapsOf, lanesOf } from './timeline-lanes.ts'
import { markupText } from '../markup.ts'
import { timelineSvg } from './timeline.ts'

const web = { kind: 'StatefulSet', name: 'web' }

const svgOf = (...given: Parameters<typeof timelineSvg>) => markupText(timelineSvg(...given))

describe('lanesOf', () => {
  test('one lane an object: StatefulSet, Pods, then PVCs, each in ordinal order', () => {
    expect(lanesOf(orderedStartup()).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'StatefulSet web',
      'Pod web-0',
      'Pod web-1',
      'Pod web-2',
      'PersistentVolumeClaim data-web-0',
      'PersistentVolumeClaim data-web-1',
      'PersistentVolumeClaim data-web-2',
    ])
  })

  test('a bar ends where its state ends, and a Pod made again begins a new one', () => {
    const lane = lanesOf(parallelStartup()).find(({ name }) => name === 'web-2')
    expect(lane?.segments.map(({ state, from, to }) => [state, from, to])).toEqual([
      ['Pending', 0.34, 3],
      ['Running', 3, 4],
      ['Ready', 4, 8.1],
      ['Terminating', 8.1, 9.9],
      ['Pending', 10.1, 10.1],
    ])
  })

  test('ordinal 10 comes after ordinal 2', () => {
    const history = historyOf([
      [0, pod('web-10', 'Pending')],
      [1, pod('web-2', 'Pending')],
    ])
    expect(lanesOf(history).map(({ name }) => name)).toEqual(['web-2', 'web-10'])
  })
})

test('a gap spans from the last observation before it to the first after it', () => {
  expect(gapsOf(expansionWithGap())).toEqual([{ kind: 'PersistentVolumeClaim', from: 1.4, to: 9, reason: '410 Gone' }])
})

test('acts say how they were answered, and equal neighbours are counted', () => {
  const history = historyOf([
    [0, act('apply', web)],
    [0.1, act('apply', web, 'rejected')],
    [3, { ...act('scale', web), request: { spec: { replicas: 1 } } }],
    [4, { ...act('exec', { kind: 'Pod', name: 'web-0' }), request: { command: ['node', '/opt/workload.mjs', 'fill', '/data'] } }],
    [4.1, { ...act('exec', { kind: 'Pod', name: 'web-0' }, 'accepted') }],
    [5, { type: 'mark', name: 'ready' }],
    [5.1, { type: 'mark', name: 'ready' }],
  ])
  expect(actFlags(history).map(({ label, tone }) => [label, tone])).toEqual([
    ['apply StatefulSet web: rejected', 'rejected'],
    ['scale StatefulSet web to 1: no answer', 'unknown'],
    ['exec Pod web-0: fill', 'act'],
    ['ready ×2', 'mark'],
  ])
})

test('measurements show sizes in binary units', () => {
  expect(measurementFlags(expansionWithGap()).map(({ label }) => label)).toEqual([
    'filesystem-size before of web-0 = 64 MiB',
    'filesystem-size after of web-0 = 128 MiB',
  ])
})

test('labels that would overlap get rows of their own', () => {
  const spans = [
    { from: 0, to: 100 },
    { from: 50, to: 120 },
    { from: 110, to: 200 },
  ]
  expect(packRows(spans, 6)).toEqual([0, 1, 0])
})

describe('timelineSvg', () => {
  test('escapes text and stands alone', () => {
    const svg = svgOf(historyOf([[0, pod('<b>&', 'Pending')]]), { title: 'a < b' })
    expect(svg).toContain('Pod &lt;b&gt;&amp;')
    expect(svg).toContain('<title>a &lt; b</title>')
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|href=/)
  })

  test('marks the entries of a violation, and no others', () => {
    expect(svgOf(parallelStartup(), { violations: [3] })).toContain('Entry 3, +0.32 s: shows the violation')
    expect(svgOf(parallelStartup())).not.toContain('violation')
  })

  test('hatches gaps, and says so in the legend', () => {
    expect(svgOf(expansionWithGap())).toContain('The watch of PersistentVolumeClaim may have missed events here: 410 Gone')
    expect(svgOf(orderedStartup())).not.toContain('missed events')
  })

  test('an empty history is drawn as well', () => {
    expect(svgOf([])).toMatch(/^<svg[^]*<\/svg>$/)
  })
})

test('no line of a moment is drawn over the label of another', () => {
  const history = historyOf([
    [0, act('apply', web)],
    [0.01, act('delete', { kind: 'Pod', name: 'web-0' })],
    [0.02, act('delete', { kind: 'Pod', name: 'web-1' })],
    [0.03, pod('web-0', 'Pending')],
    [1, pod('web-0', 'Running')],
  ])
  const svg = svgOf(history, { title: 'Acts', violations: [] })
  const lines = [...svg.matchAll(/stroke-dasharray="3 3"/g)].map(({ index }) => index)
  const labels = [...svg.matchAll(/paint-order="stroke"/g)].map(({ index }) => index)
  expect([lines.length, labels.length]).toEqual([3, 3])
  expect(Math.max(...lines)).toBeLessThan(Math.min(...labels))
})
