import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { jsonSchemas } from './schemas.ts'

test.each(jsonSchemas())('the checked-in $file is what its schema generates', async ({ file, text }) => {
  const checkedIn = await readFile(new URL(`./${file}`, import.meta.url), 'utf8')
  expect(checkedIn, 'run `node reports/write-schema.ts`').toBe(text)
})
