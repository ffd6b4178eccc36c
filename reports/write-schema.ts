import { writeFile } from 'node:fs/promises'
import { schemaTexts } from './schemas.ts'

for (const [name, text] of Object.entries(schemaTexts)) {
  const path = new URL(`./${name}`, import.meta.url)
  await writeFile(path, text)
  console.log(`Wrote ${path.pathname}`)
}
