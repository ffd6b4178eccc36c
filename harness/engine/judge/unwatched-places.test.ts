import { expect, test } from 'vitest'
import type { Check, Condition } from './check.ts'
import './matchers.ts'
import { violated } from './judgement.ts'
import { openHistory } from '../history/history.ts'
import { observationsOf } from '../object.ts'
import type { Observer } from '../watch/observer.ts'

const kind = 'PersistentVolumeClaim'

/** An observer of PVCs of the guarantee's own namespace, and of an additional one where it is named. */
function observerOf(namespaceSuffix?: string): Observer {
  const history = openHistory()
  const watch = { kind, down: () => undefined, catchUp: async () => undefined, [Symbol.asyncDispose]: async () => undefined }
  history.watches.add({ watch, key: 'own', fromTheBeginning: true })
  if (namespaceSuffix !== undefined) history.watches.add({ watch, key: namespaceSuffix, namespaceSuffix, fromTheBeginning: true })
  return { kinds: [kind], history, subject: 'PersistentVolumeClaims', watches: [], signal: new AbortController().signal }
}

const common = { params: {}, reads: [kind], description: 'PersistentVolumeClaim copy/data left out' }

/** Upheld where no PVC `data` was seen in the additional namespace `copy`. */
const leftOut: Check = {
  ...{ name: 'left-out', ...common },
  judge(entries) {
    const found = observationsOf(entries, kind, 'copy/data')
    return found.length === 0 ? { outcome: 'upheld', evaluated: 1 } : violated('It is there.', { entries: found })
  },
}

const isThere: Condition = { name: 'there', ...common, holds: (entries) => observationsOf(entries, kind, 'copy/data').length > 0 }

const missing =
  'Nobody watched PersistentVolumeClaims in the additional namespace copy: ' +
  `add "await additionalNamespace('copy').observe.pvcs()" before the first act.`

test('a check of an additional namespace in which nobody watched is inconclusive, and says which line is missing', async () => {
  const { history } = observerOf()
  await expect(expect(history).toUphold(leftOut)).rejects.toThrow(missing)
  expect(history.entries).toMatchObject([{ type: 'gap', kind, unwatched: true, reason: missing }])
  expect(history.judgements).toMatchObject([{ outcome: 'inconclusive' }])
})

test('a check of an additional namespace that was watched is judged', async () => {
  await expect(observerOf('copy').history).toUphold(leftOut)
})

test('a wait for an additional namespace in which nobody watched ends at once', async () => {
  await expect(expect(observerOf()).toReach(isThere, { within: 600 })).rejects.toThrow(missing)
})
