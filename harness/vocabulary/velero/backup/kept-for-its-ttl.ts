import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf } from '../../../engine/object.ts'
import type { BackupName } from './backup-keeping.ts'

/** A Backup and how long it was to be kept. */
export interface KeptBackup extends BackupName {
  /** Seconds. */
  readonly ttl: number
}

/** A Backup was kept for as long as it was asked for: from the request for it until it was seen to be gone, as one clock tells. */
export const keptForItsTtl = defineCheck<KeptBackup>({
  name: 'kept-for-its-ttl',
  reads: ['Backup'],
  describe: ({ backup, ttl }) => `Backup ${backup} is kept for ${ttl} s`,
  judge,
})

/** Seconds that Velero cuts from the time at which a Backup began, and from that at which it expires. */
const cut = 1

function judge({ backup, ttl }: KeptBackup, history: readonly HistoryEntry[]): Judgement {
  const asked = history.find((entry) => entry.type === 'act' && entry.subject.kind === 'Backup' && entry.subject.name === backup)
  const gone = observationsOf(history, 'Backup', backup).find(({ event }) => event === 'DELETED')
  if (asked === undefined) return inconclusive(`Backup ${backup} was never asked for.`)
  if (gone === undefined) return inconclusive(`Backup ${backup} was not seen to be removed.`, [asked.seq])
  const seconds = (Date.parse(gone.at) - Date.parse(asked.at)) / 1000
  if (seconds >= ttl - cut) return { outcome: 'upheld', evaluated: 1 }
  return violated(`Backup ${backup} was removed ${seconds.toFixed(1)} s after it was asked for.`, {
    expected: `at least ${ttl} s`,
    actual: `${seconds.toFixed(1)} s`,
    entries: [asked, gone],
  })
}
