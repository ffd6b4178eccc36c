import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { InjectedName } from '../../clusters/mutants/catalogue.ts'
import type { Guarantee } from '../engine/guarantee.ts'
import type { WatchedFault } from './fault.ts'
import { onEventFaults } from './on-event.ts'

type OnEvent = Readonly<Record<InjectedName<'on-event'>, WatchedFault>>

test('names of injected faults are held together by the compiler', () => {
  const { 'pod-force-deleted': one, ...others } = onEventFaults
  // @ts-expect-error An entry of the catalogue has no implementation.
  const missing: OnEvent = others
  // @ts-expect-error An implementation has no entry in the catalogue.
  const strange = { ...onEventFaults, 'pod-forced-deleted': one } satisfies Record<keyof OnEvent, WatchedFault>
  // @ts-expect-error A guarantee names what is no mutant.
  const mutants: Guarantee['mutants'] = ['pod-forced-deleted']
  expect([missing, strange, mutants]).toHaveLength(3)
})

const root = join(import.meta.dirname, '..', '..')
const suites = globSync('suites/**/*.suite.ts', { cwd: root }).map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

test.each(Object.entries<WatchedFault>(onEventFaults))(
  'a guarantee that has %s as a mutant watches what it answers',
  (mutant, { sees }) => {
    const its = suites.filter(({ text }) => /mutants: \[[^\]]*\]/u.exec(text)?.[0].includes(`'${mutant}'`))
    expect(its).not.toEqual([])
    const blind = its.flatMap(({ file, text }) =>
      sees.filter((watch) => !text.includes(`observe.${watch}(`)).map((watch) => `${file}: ${watch}`),
    )
    expect(blind).toEqual([])
  },
)
