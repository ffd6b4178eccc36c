import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { componentNames } from '../../clusters/config.ts'
import { applicationNames } from '../../clusters/images/application-images.ts'
import { defaultKubernetes } from '../../clusters/images/versions.ts'
import { temporaryPrefix } from '../../contract/owner.ts'
import { parseSettings, settingsSchema } from '../plan/config.ts'
import { workloadKeys } from '../plan/workload-settings.ts'
import { settingsText } from './settings-text.ts'

let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  writeFileSync(join(directory, 'kind.yaml'), 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n')
})

afterAll(() => {
  rmSync(directory, { recursive: true })
})

const nothing = settingsText({ head: [], found: {} })
const everything = nothing.replaceAll(/^#(?! )(?=.)/gm, '').replaceAll(/^#(?= {2}\S)/gm, '')

test('what was written is accepted and sets nothing, where nothing was found', () => {
  expect(parseSettings('holdfast.yaml', nothing)).toEqual({})
})

test('every setting there is stands in it, and is accepted as it stands', () => {
  const file = join(directory, 'holdfast.yaml')
  expect(parseSettings(file, everything)).toHaveProperty('kubernetes', defaultKubernetes)
  const written = parseDocument(everything).toJS() as Record<string, Record<string, unknown>>
  expect(Object.keys(written).toSorted()).toEqual(Object.keys(settingsSchema.shape).toSorted())
  expect(Object.keys(written['workload'] ?? {})).toEqual(workloadKeys)
  expect(Object.keys(written['images'] ?? {})).toEqual(applicationNames)
  expect(Object.keys(written['components'] ?? {})).toEqual(componentNames)
  expect(Object.keys(written['admissionPlugins'] ?? {})).toEqual(Object.keys(settingsSchema.shape.admissionPlugins.unwrap().shape))
})

test('each setting has a sentence of its own', () => {
  const lines = nothing.split('\n')
  const settings = lines.flatMap((line, index) => (/^#(?! \S)\s*[\w-]+:/.test(line) ? [lines[index - 1]?.trim() ?? ''] : []))
  expect(settings.length).toBeGreaterThan(40)
  for (const says of settings) expect(says).toMatch(/^# [A-Z].*\.$/)
  expect(new Set(settings).size).toBe(settings.length)
})

test('what was found is set, with where it comes from', () => {
  const text = settingsText({ head: ['One line.'], found: { kubernetes: { value: '1.36', from: 'From the cluster.' } } })
  expect(text).toContain('\n# From the cluster.\nkubernetes: "1.36"\n')
  expect(parseSettings('holdfast.yaml', text)).toEqual({ kubernetes: '1.36' })
})

test('a name with a line break in it sets nothing', () => {
  const text = settingsText({ head: ['Contexts: a\nworkers: 7\u2028offline: true'], found: {} })
  expect(parseSettings('holdfast.yaml', text)).toEqual({})
})
