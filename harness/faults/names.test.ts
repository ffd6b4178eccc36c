import { expect, test } from 'vitest'
import type { InjectedName } from '../../clusters/mutants/catalogue.ts'
import type { Guarantee } from '../engine/guarantee.ts'
import type { EventFault } from './fault.ts'
import { onEventFaults } from './on-event.ts'

type OnEvent = Readonly<Record<InjectedName<'on-event'>, EventFault>>

test('names of injected faults are held together by the compiler', () => {
  const { 'pod-force-deleted': one, ...others } = onEventFaults
  // @ts-expect-error An entry of the catalogue has no implementation.
  const missing: OnEvent = others
  // @ts-expect-error An implementation has no entry in the catalogue.
  const strange = { ...onEventFaults, 'pod-forced-deleted': one } satisfies Record<keyof OnEvent, EventFault>
  // @ts-expect-error A guarantee names what is no mutant.
  const mutants: Guarantee['mutants'] = ['pod-forced-deleted']
  expect([missing, strange, mutants]).toHaveLength(3)
})
