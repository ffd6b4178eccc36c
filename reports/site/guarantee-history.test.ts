import { expect, test } from 'vitest'
import { exampleSiteRun } from '../testing/example-site-run.ts'
import { flakesText, guaranteeHistories } from './guarantee-history.ts'
import { runBefore, type SiteVerdict } from './site-run.ts'

const older = { name: 'csi.example.com-1.36', driver: 'csi.example.com', minor: '1.36' }

function runWith(verdict: SiteVerdict['verdict'], platform = older) {
  return exampleSiteRun({ 'b/c': verdict }, { platform })
}

test('a flake is another verdict than in the run before on the same platform', () => {
  const newer = { ...older, name: 'csi.example.com-1.37' }
  const runs = [
    runWith('Passed'),
    runWith('Failed', newer),
    runWith('Passed'),
    runWith('Inconclusive'),
    runWith('Failed', newer),
    runWith('NotSupported'),
    runWith('Passed'),
  ]
  const [history] = guaranteeHistories(runs)
  expect(history).toMatchObject({ passed: 3, judged: 6, flakes: { changes: 2, pairs: 4 } })
  expect(flakesText({ changes: 2, pairs: 4 })).toBe('another verdict in 2 of 4 repetitions (50 %)')
  expect(flakesText({ changes: 1, pairs: 1 })).toBe('another verdict in 1 of 1 repetition (100 %)')
})

test('runs on different platforms are no repetition', () => {
  const [history] = guaranteeHistories([runWith('Passed'), runWith('Failed', { ...older, name: 'other' })])
  expect(history?.flakes).toEqual({ changes: 0, pairs: 0 })
  expect(flakesText({ changes: 0, pairs: 0 })).toBe('never run twice on one platform')
})

test('a history has the runs that selected the guarantee, and the sentence of the newest', () => {
  const [one, other] = guaranteeHistories([exampleSiteRun({ 'a/b': 'Passed', 'a/c': 'Passed' }), exampleSiteRun({ 'a/c': 'Failed' })])
  expect(one?.runs).toHaveLength(1)
  expect(other).toMatchObject({ id: 'a/c', concept: 'a', behaviour: 'c', newest: { verdict: 'Failed', cause: 'Why a/c is Failed.' } })
})

test('a run is compared first with the one before on its platform, and rather with one of the same profile', () => {
  const [one, named, other, again] = ['full', undefined, 'full', 'standard'].map((profile) =>
    exampleSiteRun({ 'a/b': 'Passed' }, { profile }),
  )
  if (one === undefined || named === undefined || other === undefined || again === undefined) throw new Error('There are no runs.')
  const elsewhere = exampleSiteRun({ 'a/b': 'Passed' }, { platform: older })
  const runs = [one, named, elsewhere, other, again]
  expect(runs.map((run) => runs.indexOf(runBefore(run, runs) ?? run))).toEqual([0, 0, 2, 0, 3])
})
