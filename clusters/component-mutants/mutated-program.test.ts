import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { releaseOf } from '../images/kubernetes-release.ts'
import { readComponentMutants } from './catalogue.ts'
import { isMutatedProgramBuilt, mutatedProgramPath } from './mutated-program.ts'

let cache: string

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  vi.stubEnv('XDG_CACHE_HOME', cache)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(cache, { recursive: true })
})

const component = 'csi-resizer'
const mutants = readComponentMutants().filter((mutant) => mutant.component === component)
const program = { component, release: releaseOf(), mutants } as const

test('a program is built once its binary is in the cache, and not with other mutants', () => {
  expect(isMutatedProgramBuilt(program)).toBe(false)
  const path = mutatedProgramPath(program)
  mkdirSync(dirname(path), { recursive: true })
  expect(isMutatedProgramBuilt(program)).toBe(false)
  writeFileSync(path, '')
  expect(isMutatedProgramBuilt(program)).toBe(true)
  expect(isMutatedProgramBuilt({ ...program, mutants: mutants.slice(1) })).toBe(false)
  expect(isMutatedProgramBuilt({ ...program, mutants: mutants.map((mutant) => ({ ...mutant, instead: 'nil' })) })).toBe(false)
})
