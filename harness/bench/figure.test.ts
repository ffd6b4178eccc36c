import { expect, test } from 'vitest'
import { figureLines, isKept, type Subject, type Taken } from './figure.ts'

const figure: Subject & Taken = { name: 'bound', title: 'created to Bound', unit: 's', values: [0.2, 0.4, 3], limit: 1, judged: 'median' }

test('the limit is about the value it names', () => {
  expect(isKept(figure)).toBe(true)
  expect(isKept({ ...figure, judged: 'largest' })).toBe(false)
  expect(isKept({ ...figure, limit: 0.4 })).toBe(true)
  expect(isKept({ ...figure, limit: 0.39 })).toBe(false)
})

test('a figure without values keeps no limit; one that could not be taken breaks none', () => {
  const { values: _, ...subject } = figure
  expect(isKept({ ...subject, values: [] })).toBe(false)
  expect(isKept({ ...subject, why: 'the cluster lacks it' })).toBe(true)
})

test('what is said holds the limit, the verdict and the shares', () => {
  const lines = figureLines({ ...figure, limit: 0.3, shares: { kubelet: [0.1, 0.1, 0.1] } }).join('\n')
  expect(lines).toContain('The limit is a median of 0.3 s: not kept.')
  expect(lines).toMatch(/kubelet +median 0\.10 s/u)
})

test('what could not be measured says why', () => {
  const { values: _, ...subject } = figure
  expect(figureLines({ ...subject, why: 'the cluster lacks it' })).toEqual(['created to Bound', '  not measured: the cluster lacks it'])
})
