import { writeFile } from 'node:fs/promises'
import { jsonSchemas } from './schemas.ts'

for (const { file, text } of jsonSchemas()) {
  const path = new URL(`./${file}`, import.meta.url)
  await writeFile(path, text)
  console.log(`Wrote ${path.pathname}`)
}
