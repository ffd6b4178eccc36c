import { expect, test } from 'vitest'
import { parseQuantity } from '../../engine/quantity.ts'
import { sizesOf } from './sizes.ts'

const of = (smallest: string, step: string) => sizesOf({ platform: { sizes: { smallest, step, from: 'a test' } } })

test('a cluster without a platform record has the sizes of our own driver', () => {
  expect(sizesOf({})).toEqual({
    small: '320Mi',
    medium: '640Mi',
    large: '960Mi',
    largest: '1280Mi',
    growing: ['640Mi', '960Mi', '1280Mi', '1600Mi', '1920Mi'],
    belowSmall: '300Mi',
    beyondMedium: '704Mi',
    twiceMedium: '1280Mi',
    beyondAll: '4Pi',
  })
  expect(of('320Mi', '4Ki')).toEqual(sizesOf({}))
})

test('where a driver rounds up, every size is one that it need not round', () => {
  expect(of('1Gi', '1Gi')).toMatchObject({ small: '1Gi', medium: '2Gi', large: '3Gi', largest: '4Gi', twiceMedium: '4Gi' })
  expect(of('320Mi', '4Mi')).toMatchObject({ small: '320Mi', medium: '640Mi' })
  expect(parseQuantity(of('1G', '1G').medium)).toBe(2e9)
})

test('a large smallest volume grows by a step and not by its own size', () => {
  expect(of('100Gi', '1Gi')).toMatchObject({ small: '100Gi', medium: '101Gi', largest: '103Gi' })
})

test('a smallest volume that is no whole number of steps is raised to one', () => {
  expect(of('1000Mi', '1Gi')).toMatchObject({ small: '1Gi', medium: '2Gi' })
})

test('a quota of two medium volumes holds one grown volume and refuses the largest beside a small one', () => {
  for (const { small, medium, largest, twiceMedium } of [sizesOf({}), of('1Gi', '1Gi'), of('100Gi', '1Gi')]) {
    expect(2 * parseQuantity(medium)).toBeLessThanOrEqual(parseQuantity(twiceMedium))
    expect(parseQuantity(small) + parseQuantity(largest)).toBeGreaterThan(parseQuantity(twiceMedium))
  }
})
