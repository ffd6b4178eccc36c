import { expect, test } from 'vitest'
import { distinctPrograms } from './go-programs.ts'

const kubectl = { binary: 'kubectl', package: 'k8s.io/kubernetes/cmd/kubectl' } as const
const velero = { binary: 'kubectl', package: 'example.com/kubectl', module: 'go-velero' } as const

test('a program that two images take is built once', () => {
  expect(distinctPrograms([kubectl, { ...kubectl }])).toEqual([kubectl])
})

test('programs of two modules may have one name', () => {
  expect(distinctPrograms([kubectl, velero])).toEqual([kubectl, velero])
})
