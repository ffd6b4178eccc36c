import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { workersOf } from '../../clusters/kind-config/kind-config.ts'
import { clusterSettings } from '../../clusters/strangers/cluster-settings.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { settingsSchema } from '../plan/config.ts'
import { planRun } from '../plan/run-plan.ts'
import { settingNotes } from './setting-notes.ts'

test('the profile and the workers that are noted are those of a run without settings', () => {
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const config = join(directory, 'holdfast.yaml')
  writeFileSync(config, '')
  expect(planRun([], { config }).profile).toBe(settingNotes.profile.value)
  rmSync(directory, { recursive: true })
  expect(workersOf({})).toBe(settingNotes.workers.value)
  expect(workersOf(clusterSettings({ podSecurity: 'restricted' }, {}))).toBe(settingNotes.workers.value)
})

test('as many workers are accepted as the note says', () => {
  const [least, most] = (settingNotes.workers.says.match(/\d+/g) ?? []).map(Number)
  const accepted = Array.from({ length: 30 }, (_, workers) => workers).filter((workers) => settingsSchema.safeParse({ workers }).success)
  expect([accepted.at(0), accepted.at(-1)]).toEqual([least, most])
})
