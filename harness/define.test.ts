import { expect, test } from 'vitest'
import { belongsToStore, storeReports } from '../docs/examples/keeper/store.check.ts'
import { historyOf, seen } from './engine/history/literal.ts'
import { checkByName } from './engine/judge/define-check.ts'

test('the check of the example is upheld, violated and inconclusive by what is in a history', () => {
  const check = belongsToStore({ store: 'shop' })
  const owned = seen('StatefulSet', 'shop', { owners: [{ kind: 'ConfigMap', name: 'shop', uid: '1' }] })
  expect(check.judge(historyOf(owned, owned))).toEqual({ outcome: 'upheld', evaluated: 2 })
  expect(check.judge(historyOf(owned, seen('StatefulSet', 'shop')))).toMatchObject({
    outcome: 'violated',
    reason: { summary: 'StatefulSet shop does not belong to its store.', entries: [1] },
  })
  expect(check.judge(historyOf(seen('StatefulSet', 'other')))).toMatchObject({ outcome: 'inconclusive' })
})

test('the condition of the example holds once the store says so', () => {
  const condition = storeReports({ store: 'shop', ready: 2 })
  const says = (ready: string) => seen('ConfigMap', 'shop', { annotations: { 'keeper.example.com/ready': ready } })
  expect(condition.holds(historyOf(seen('ConfigMap', 'shop'), says('1')))).toBe(false)
  expect(condition.holds(historyOf(says('1'), says('2')))).toBe(true)
})

test('what is defined against the public entry is found by its name, as a stored judgement calls it', () => {
  expect(checkByName('keeper-belongs-to-store', { store: 'shop' }).description).toBe('StatefulSet shop belongs to store shop')
})
