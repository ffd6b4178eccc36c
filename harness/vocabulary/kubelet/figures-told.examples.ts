import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './figures-told.ts'
import { historyOf, measured, type LiteralEntry } from '../../engine/history/literal.ts'

const mebibyte = 2 ** 20
const figures = { node: 'worker', label: 'written' }

interface Told {
  readonly capacity?: number
  readonly available?: number
  readonly used?: number
  readonly abnormal?: number
}

function told(byPvc: Readonly<Record<string, Told>>): LiteralEntry {
  const value = Object.fromEntries(
    Object.entries(byPvc).map(([pvc, { capacity, available, used, abnormal }]) => [
      pvc,
      {
        ...(capacity !== undefined && { capacity_bytes: capacity * mebibyte }),
        ...(available !== undefined && { available_bytes: available * mebibyte }),
        ...(used !== undefined && { used_bytes: used * mebibyte }),
        ...(abnormal !== undefined && { health_status_abnormal: abnormal }),
      },
    ]),
  )
  return { type: 'measurement', what: 'volume-figures', label: 'written', subject: { kind: 'Node', name: 'worker' }, value }
}

const df = (total: number, free: number) =>
  measured('file-system-size', 'written', {
    pod: 'user',
    value: { directory: '/data', totalBytes: total * mebibyte, freeBytes: free * mebibyte },
  })

const agree = { figures, pvc: 'data', seen: { pod: 'user', label: 'written' } }

export const figuresAgree = {
  upholds: [
    { title: 'the same', params: agree, history: historyOf(df(256, 200), told({ data: { capacity: 256, available: 200 } })) },
    { title: 'a moment later', params: agree, history: historyOf(df(256, 200), told({ data: { capacity: 256, available: 199 } })) },
  ],
  rejects: [
    { title: 'another size', params: agree, history: historyOf(df(256, 200), told({ data: { capacity: 8000, available: 200 } })) },
    { title: 'another use', params: agree, history: historyOf(df(256, 200), told({ data: { capacity: 256, available: 230 } })) },
    { title: 'nothing told', params: agree, history: historyOf(df(256, 200), told({})) },
    { title: 'told in part', params: agree, history: historyOf(df(256, 200), told({ data: { capacity: 256 } })) },
  ],
  gaps: [
    { title: 'kubelet not asked', params: agree, history: historyOf(df(256, 200)) },
    { title: 'not seen in the Pod', params: agree, history: historyOf(told({ data: { capacity: 256, available: 200 } })) },
  ],
} satisfies Examples<typeof checks.figuresAgree>

const differ = { figures, written: 'data', empty: 'other', bytes: '64Mi' }

export const figuresShowUse = {
  upholds: [{ title: 'about as much', params: differ, history: historyOf(told({ data: { used: 85 }, other: { used: 20 } })) }],
  rejects: [
    { title: 'nothing', params: differ, history: historyOf(told({ data: { used: 20 }, other: { used: 20 } })) },
    { title: 'much more', params: differ, history: historyOf(told({ data: { used: 200 }, other: { used: 20 } })) },
    { title: 'nothing told', params: differ, history: historyOf(told({ other: { used: 20 } })) },
  ],
  gaps: [{ title: 'never read', params: differ, history: historyOf() }],
} satisfies Examples<typeof checks.figuresShowUse>

const lack = { figures, pvc: 'directory', unlike: 'data' }
const health = { figures, pvc: 'lost', unlike: 'data', metric: 'health_status_abnormal' }

export const figuresLack = {
  upholds: [
    { title: 'no figures', params: lack, history: historyOf(told({ data: { used: 20 } })) },
    { title: 'no such metric', params: health, history: historyOf(told({ data: { used: 20 }, lost: { used: 20 } })) },
  ],
  rejects: [
    { title: 'figures', params: lack, history: historyOf(told({ data: { used: 20 }, directory: { used: 1 } })) },
    { title: 'the metric', params: health, history: historyOf(told({ data: { used: 20 }, lost: { used: 20, abnormal: 1 } })) },
  ],
  gaps: [
    { title: 'never read', params: lack, history: historyOf() },
    { title: 'nothing of the other', params: lack, history: historyOf(told({})) },
  ],
} satisfies Examples<typeof checks.figuresLack>
