import { expect, test } from 'vitest'
import type { ComponentMutant } from '../../clusters/index.ts'
import { UsageError } from '../shell/usage-error.ts'
import { selectComponentMutants } from './component-selection.ts'

const common = { description: 'It is broken.', module: 'm', file: 'f.go', as: 'expression', type: 'bool', what: 'a', instead: 'b' } as const
const ordered: ComponentMutant = {
  ...common,
  name: 'order-ignored',
  component: 'kube-controller-manager',
  breaks: 'statefulset.ordered-startup',
  killedBy: 'statefulset/ordered-startup',
}
const zones: ComponentMutant = {
  ...common,
  name: 'zones-ignored',
  component: 'kube-scheduler',
  breaks: 'topology.pod-goes-to-volume',
  killedBy: 'topology/immediate-binding-pins-pods',
}
const all = [ordered, zones]

test.each(['zones-ignored', 'kube-scheduler', 'topology', 'topology/immediate-binding-pins-pods', 'topology.pod-goes-to-volume'])(
  '%s selects what it names',
  (name) => {
    expect(selectComponentMutants([name], all)).toEqual([zones])
  },
)

test('no name selects all', () => {
  expect(selectComponentMutants([], all)).toEqual(all)
})

test('a name of nothing is refused with the nearest one', () => {
  expect(() => selectComponentMutants(['zone-ignored'], all)).toThrow(UsageError)
  expect(() => selectComponentMutants(['zone-ignored'], all)).toThrow(
    'No component and no mutant of one is called zone-ignored. Did you mean zones-ignored?',
  )
})
