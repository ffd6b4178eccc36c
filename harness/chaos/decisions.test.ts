import { expect, test } from 'vitest'
import { decideBy } from './decisions.ts'

const watches = (seed: number, count = 300) => {
  const decisions = decideBy(seed)
  return Array.from({ length: count }, () => decisions.watch('/api/v1/pods?watch=true'))
}

test('the same seed decides the same', () => {
  expect(watches(1)).toEqual(watches(1))
  expect(watches(1)).not.toEqual(watches(2))
  const [one, other] = [decideBy(7), decideBy(7)]
  for (const decisions of [one, other]) decisions.watch('/api/v1/pods')
  const delays = [one, other].map((decisions) => Array.from({ length: 5 }, decisions.delays('/api/v1/pods', 5)))
  expect(delays[0]).toEqual(delays[1])
})

test('what other requests there are changes nothing', () => {
  const [alone, among] = [decideBy(3), decideBy(3)]
  const fates = Array.from({ length: 50 }, () => alone.request('POST', '/api/v1/pods'))
  const fatesAmong = Array.from({ length: 50 }, (_, nth) => {
    among.request('GET', `/api/v1/nodes/${nth}`)
    return among.request('POST', '/api/v1/pods')
  })
  expect(fatesAmong).toEqual(fates)
})

test('every fate is met, and most requests pass', () => {
  expect(new Set(watches(1).map(({ kind }) => kind))).toEqual(new Set(['passed', 'refused', 'gone', 'delayed', 'cut', 'stalled', 'error']))
  const decisions = decideBy(1)
  const requests = Array.from({ length: 1000 }, () => decisions.request('GET', '/api/v1/pods'))
  const refused = requests.filter(({ kind }) => kind === 'refused')
  expect(refused.length).toBeGreaterThan(30)
  expect(refused.length).toBeLessThan(150)
})
