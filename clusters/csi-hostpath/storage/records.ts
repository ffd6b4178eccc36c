import { readFile, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { flush, writeDurably } from './durable-file.ts'

/** Records of one kind, one JSON file each. The id must already be known to be safe as a file name. */
export interface Records<T> {
  readonly read: (id: string) => Promise<T | undefined>
  readonly write: (id: string, record: T) => Promise<void>
  readonly remove: (id: string) => Promise<void>
  /** Every id, sorted. */
  readonly ids: () => Promise<string[]>
}

/** Opens the records that lie in a directory. */
export function openRecords<T>(directory: string): Records<T> {
  const path = (id: string) => join(directory, `${id}.json`)
  return {
    read: async (id) => {
      const text = await readFile(path(id), 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      })
      return text === undefined ? undefined : (JSON.parse(text) as T)
    },
    write: async (id, record) => {
      await writeDurably(path(id), `${JSON.stringify(record, undefined, 2)}\n`)
    },
    remove: async (id) => {
      await rm(path(id), { force: true })
      await flush(dirname(path(id)))
    },
    ids: async () => {
      const names = await readdir(directory)
      return names
        .filter((name) => name.endsWith('.json'))
        .map((name) => name.slice(0, -'.json'.length))
        .sort()
    },
  }
}

/** Every record there is; one that goes away meanwhile is left out. */
export async function everyRecord<T>(records: Records<T>): Promise<T[]> {
  const found = await Promise.all((await records.ids()).map((id) => records.read(id)))
  return found.filter((record) => record !== undefined)
}
