import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { historyOf, podAdded, podDeleted, podReady, seen } from '../../../engine/history/literal.ts'
import { podReplaced } from '../../conditions.ts'

const mounted = { spec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-web-0' } }] } }
const condition = podReplaced({ pod: 'web-0' })

test('a Pod whose PVC is marked for deletion cannot come back as it was, and the reason names the PVC', () => {
  const terminating = seen('PersistentVolumeClaim', 'data-web-0', { terminating: true })
  const history = historyOf(seen('Pod', 'web-0', mounted), podDeleted('web-0'), terminating, podAdded('web-0', 'b'))
  expect(condition.unreachable?.(history)).toBe('PersistentVolumeClaim data-web-0, which it mounts, was marked for deletion.')
})

test('while its PVC stays, or another PVC goes, it can', () => {
  const other = seen('PersistentVolumeClaim', 'data-web-1', { terminating: true })
  const history = historyOf(seen('Pod', 'web-0', mounted), seen('PersistentVolumeClaim', 'data-web-0'), other, podReady('web-0'))
  expect(condition.unreachable?.(history)).toBeUndefined()
})

test('no suite waits twice for the first Pod of a name to be replaced: the second time that would be true at once', () => {
  const suites = globSync('suites/**/*.suite.ts')
  expect(suites.length).toBeGreaterThan(0)
  const repeated = suites.flatMap((suite) => {
    const waits = [...readFileSync(suite, 'utf8').matchAll(/podReplaced\(\{ pod: ([^,}]+) \}\)/gu)].map(([, pod]) => pod)
    return waits.filter((pod, place) => waits.indexOf(pod) !== place).map((pod) => `${suite}: ${String(pod)}`)
  })
  expect(repeated).toEqual([])
})
