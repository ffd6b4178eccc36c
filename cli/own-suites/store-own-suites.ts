import { hash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { linesOfDirectory, ownSuitesFile, ownSuitesFolder, type OwnSuitesRecord } from '../../reports/model/own-suites.ts'
import { writtenLiterals } from '../catalogue/guarantee-literals.ts'
import type { OwnSuites } from './read-own-suites.ts'

/** The guarantees of a suite that a run holds, as `guarantees.json` has them; by their text, whatever features this version knows. */
export function readStoredSuite(file: string, text: string): readonly { readonly id: string }[] {
  return writtenLiterals(file, text).map((literal) => ({ mutants: [], ...(literal as { readonly id: string }) }))
}

/**
 * Copies suites of one's own and their ledgers into the directory of a run, with the digest of each file, so that the run can be read where
 * they are not. Returns what the record of the run says of them.
 */
export function storeOwnSuites(run: string, { directories, catalogue }: OwnSuites): OwnSuitesRecord[] {
  const lines: string[] = []
  for (const { path, name, files } of directories) {
    for (const file of files) {
      const content = readFileSync(join(path, file))
      const stored = [ownSuitesFolder, name, ...file.split(/[\\/]/)].join('/')
      mkdirSync(dirname(join(run, stored)), { recursive: true })
      writeFileSync(join(run, stored), content)
      lines.push(`${hash('sha256', content)}  ${stored}\n`)
    }
  }
  const sums = lines.join('')
  writeFileSync(join(run, ownSuitesFile), sums)
  return directories.map(({ path, name, files }) => {
    const ids = catalogue
      .filter(({ file = '' }) => file.startsWith(join(path, '/')))
      .flatMap(({ guarantees }) => guarantees.map(({ id }) => id))
    const areas = [...new Set(ids.map((id) => id.split('/')[0] ?? id))]
    return { name, areas, files: files.length, sha256: hash('sha256', linesOfDirectory(sums, name)) }
  })
}
