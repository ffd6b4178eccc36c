import { expect, test } from 'vitest'
import { refuseOthers } from './all-images.ts'
import type { PackedManifest } from './packed-images.ts'
import { neededReferences, planImages } from './plan.ts'

const plans = [planImages('offline'), planImages('offline', { profile: 'velero' })]

function holding(references: readonly string[]): PackedManifest {
  const images = references.map((reference) => ({ name: 'image', reference, imageId: 'sha256:1' }))
  return { format: 'holdfast-images/1', kubernetes: 'v1.37.2', sha256: '0'.repeat(64), images }
}

test.each(plans)('an archive with all that clusters of the profile $profile need is taken', (plan) => {
  expect(() => refuseOthers('all.tar.zst', holding(neededReferences(plan)), plans)).not.toThrow()
})

test('a node image for backups without the object store is refused', () => {
  const [, velero] = plans
  expect(() => refuseOthers('all.tar.zst', holding([velero?.nodeReference ?? '']), plans)).toThrow('holds no node image')
})

test('images of another content are refused with what is there and what is needed', () => {
  const older = plans.flatMap(neededReferences).map((reference) => reference.replace(/-[^-]+$/, '-000000000000'))
  const { message } = (() => {
    try {
      refuseOthers('all.tar.zst', holding(older), plans)
    } catch (error) {
      return error as Error
    }
    return new Error('It was taken.')
  })()
  expect(message).toContain('-000000000000')
  expect(message).toContain(plans[0]?.nodeReference)
  expect(message).toMatch(/^[^\n]*\.$/)
})
