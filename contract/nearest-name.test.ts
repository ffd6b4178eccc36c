import { describe, expect, test } from 'vitest'
import { didYouMean, nearestName } from './nearest-name.ts'

const names = ['statefulset/ordered-startup', 'statefulset/ordered-termination', 'expansion/online', 'run', 'sweep']

describe('nearestName', () => {
  test.each([
    ['statefulset/orderd-startup', 'statefulset/ordered-startup'],
    ['ordered-startup', 'statefulset/ordered-startup'],
    ['Online', 'expansion/online'],
    ['swep', 'sweep'],
    ['rnu', 'run'],
  ])('takes %s for %s', (wrong, right) => {
    expect(nearestName(wrong, names)).toBe(right)
  })

  test('names nothing when nothing is near', () => {
    expect(nearestName('kubernetes', names)).toBeUndefined()
    expect(didYouMean('kubernetes', names)).toBe('')
  })

  test('puts the name into a question', () => {
    expect(didYouMean('swep', names)).toBe(' Did you mean sweep?')
  })
})
