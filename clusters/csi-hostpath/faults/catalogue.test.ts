import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { groupFaults, snapshotFaults, volumeFaults } from './catalogue.ts'

const driver = dirname(import.meta.dirname)
const read = (file: string) => readFileSync(join(driver, file), 'utf8')
const files = globSync('**/*.ts', { cwd: driver }).filter((file) => !file.startsWith('faults/catalogue.'))
const names = [...new Set([volumeFaults, snapshotFaults, groupFaults].flatMap(Object.keys))]

test.each(names)('%s is applied by the driver, and a device test shows it', (name) => {
  const using = files.filter((file) => read(file).includes(`'${name}'`))
  expect(using.filter((file) => !file.endsWith('.test.ts'))).not.toEqual([])
  expect(using.filter((file) => file.endsWith('.device.test.ts'))).not.toEqual([])
})

test('the page of the driver lists every fault with its sentence', () => {
  const rows = read('README.md').matchAll(/^\| `([a-z][a-z-]+)` +\| (.+?) +\|$/gm)
  const listed = Array.from(rows, ([, name, sentence]) => [name, sentence])
  expect(listed).toEqual([volumeFaults, snapshotFaults, groupFaults].flatMap((faults) => Object.entries(faults)))
})
