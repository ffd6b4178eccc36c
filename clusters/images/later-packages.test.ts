import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { laterSuitesIn } from '../machine/debian-packages.ts'
import { planImages } from './plan.ts'

const plan = planImages('offline', { profile: 'velero' })

test.each([
  ['node-base', ['forky']],
  ['postgres', []],
  ['postgres-next', ['trixie']],
  ['rabbitmq', []],
  ['tools', []],
] as const)('the image %s takes packages of the later releases %j', (name, later) => {
  const recipe = plan.images.get(name)?.definition.recipe
  if (recipe?.by !== 'dockerfile') throw new Error(`${name} has no Dockerfile.`)
  const text = readFileSync(join(import.meta.dirname, recipe.directory, 'Dockerfile'), 'utf8')
  expect(laterSuitesIn(text, ...Object.values(recipe.buildArguments ?? {}))).toEqual(later)
})
