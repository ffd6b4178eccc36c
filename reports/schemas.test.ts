import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { schemaTexts } from './schemas.ts'

test.each(Object.entries(schemaTexts))('%s is what the code generates', async (name, text) => {
  const checkedIn = await readFile(new URL(`./${name}`, import.meta.url), 'utf8')
  expect(JSON.parse(checkedIn), 'run `node reports/write-schema.ts`').toEqual(JSON.parse(text))
})
