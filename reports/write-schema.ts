import { writeFile } from 'node:fs/promises'
import { jsonSchemaText } from './model/json-schema.ts'

const path = new URL('./conformance-report.schema.json', import.meta.url)
await writeFile(path, jsonSchemaText())
console.log(`Wrote ${path.pathname}`)
