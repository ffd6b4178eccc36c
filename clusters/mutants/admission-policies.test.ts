import { expect, test } from 'vitest'
import { mutatedByAnnotation } from '../../contract/annotations.ts'
import { mutantLabel } from '../../contract/labels.ts'
import { admissionPolicies } from './admission-policies.ts'
import { mutants, type MutantName } from './catalogue.ts'

const names = Object.keys(mutants) as MutantName[]

test.each(names)('%s has a policy exactly when it acts by admission policy', (name) => {
  expect(admissionPolicies(name).length).toBe(mutants[name].by === 'policy' ? 2 : 0)
})

test.each(names.filter((name) => mutants[name].by === 'policy'))('%s acts in its own namespaces only and leaves its mark', (name) => {
  const text = JSON.stringify(admissionPolicies(name))
  expect(text).toContain(`"matchLabels":{"${mutantLabel}":"${name}"}`)
  expect(text).toContain(mutatedByAnnotation)
})
