import { open } from 'node:fs/promises'
import type { HistoryEntry } from '../../../harness/engine/history/history-entry.ts'
import { chapterMeasurement } from '../../model/story.ts'

const tailBytes = 65_536

/** What a history tells last, in a few words, read from the end of the file; undefined when it does not exist or tells nothing yet. */
export async function currentStep(path: string): Promise<string | undefined> {
  try {
    await using file = await open(path)
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(Math.min(size, tailBytes)),
      position: Math.max(0, size - tailBytes),
    })
    const line = buffer.subarray(0, bytesRead).toString('utf8').split('\n').at(-2)
    return line === undefined ? undefined : inWords(JSON.parse(line) as HistoryEntry)
  } catch {
    return undefined
  }
}

/** An entry of a history in a few words. */
export function inWords(entry: HistoryEntry): string {
  switch (entry.type) {
    case 'act':
      return `${entry.verb} ${entry.subject.kind} ${entry.subject.name} ${entry.phase}`
    case 'observation': {
      const status = entry.object['status'] as { readonly phase?: string } | undefined
      return `${entry.kind} ${entry.object.metadata.name} ${status?.phase ?? entry.event.toLowerCase()}`
    }
    case 'measurement':
      return entry.what === chapterMeasurement ? `chapter ${entry.label}` : `measured ${entry.what} ${entry.label} of ${entry.subject.name}`
    case 'gap':
      return `gap in the watch of ${entry.kind}`
    case 'mark':
      return entry.name
  }
}
