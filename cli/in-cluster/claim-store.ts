import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { digestProblems } from '../../reports/model/run-files.ts'
import type { EvidenceStore } from './evidence-store.ts'

/**
 * Evidence on a volume that all shards of a run have. What is there is whole: it is written beside, and then renamed. `writer` names who
 * writes, and nobody else does by that name.
 */
export function claimStore(root: string, writer: string): EvidenceStore {
  const folderOf = (id: string) => join(root, 'evidence', id)
  const incoming = join(root, 'incoming', writer)
  return {
    async has(id) {
      const folder = folderOf(id)
      if (!existsSync(join(folder, 'verdict.json'))) return false
      if (digestProblems(folder)?.length === 0) return true
      // A node that lost its power may have kept the name and not the content.
      rmSync(folder, { recursive: true, force: true })
      return false
    },
    async keep(id, directory) {
      const beside = join(incoming, id.replaceAll('/', '.'))
      rmSync(beside, { recursive: true, force: true })
      cpSync(directory, beside, { recursive: true })
      mkdirSync(dirname(folderOf(id)), { recursive: true })
      try {
        renameSync(beside, folderOf(id))
      } catch (error) {
        rmSync(beside, { recursive: true, force: true })
        // Another start of the shard was faster: its evidence stays.
        if (!existsSync(join(folderOf(id), 'verdict.json'))) throw error
      }
    },
    async write(path, text) {
      mkdirSync(incoming, { recursive: true })
      const beside = join(incoming, 'file')
      writeFileSync(beside, text)
      mkdirSync(dirname(join(root, path)), { recursive: true })
      renameSync(beside, join(root, path))
    },
  }
}
