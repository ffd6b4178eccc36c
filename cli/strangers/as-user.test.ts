import { expect, test } from 'vitest'
import { readStrangers } from '../../clusters/strangers/stranger.ts'
import { planRun } from '../plan/run-plan.ts'
import { runWords } from './as-user.ts'

const strangers = readStrangers()
const { signal } = new AbortController()

test('a user has a kubeconfig, and the definition of the driver where there is one', () => {
  const [stranger] = strangers.filter(({ name }) => name === 'own-driver')
  if (stranger === undefined) throw new Error('There is no own-driver.')
  const words = runWords({ stranger, names: ['statefulset'], config: 'mine.yaml', signal }, '/tmp/kubeconfig')
  const definition = stranger.definition ?? ''
  expect(words.slice(0, 6)).toEqual(['run', 'statefulset', '--config', 'mine.yaml', '--kubeconfig', '/tmp/kubeconfig'])
  expect(words.slice(6)).toEqual(['--driver', definition])
  expect(words.join(' ')).not.toContain('cluster.json')
})

test.each(strangers)('what $name runs exists, and each failure that is expected of it', ({ quick, whole = [], fails }) => {
  const run = (names: readonly string[]) => planRun(names, names.length === 0 ? { profile: 'full' } : {}).guarantees.map(({ id }) => id)
  expect(run(quick).length).toBeGreaterThan(1)
  for (const id of Object.keys(fails)) expect(run([id])).toEqual([id])
  for (const id of Object.keys(fails)) expect(run(whole)).toContain(id)
  expect(run(whole)).toEqual(expect.arrayContaining([...run(quick)]))
})
