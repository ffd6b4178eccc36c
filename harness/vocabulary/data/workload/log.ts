import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { FoundLog, FoundRecord } from '../acknowledged-log.ts'
import { content } from './content.ts'

const fileName = 'acknowledged.log'

/**
 * Appends records to the log of a directory, numbered on from the last one there. A number is written to stdout, on a line
 * of its own, only once its record is durable: who reads it keeps the acknowledgement outside the volume.
 */
export function appendLog(directory: string, count: number): void {
  mkdirSync(directory, { recursive: true })
  const next = 1 + Math.max(0, ...readLog(directory).records.map((record) => record.seq))
  const log = openSync(join(directory, fileName), 'a')
  flushDirectory(directory)
  for (let seq = next; seq < next + count; seq++) {
    writeSync(log, recordOf(seq))
    fsyncSync(log)
    writeSync(1, `${seq}\n`)
  }
  closeSync(log)
}

/** Reads the log of a directory; a log that is not there holds no records. */
export function readLog(directory: string): FoundLog {
  return { records: linesOf(join(directory, fileName)).map((line) => found(line)) }
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

function recordOf(seq: number): string {
  const body = `${seq} ${content(seq, 48).toString('hex')}`
  return `${body} ${checksum(body)}\n`
}

function found(line: string): FoundRecord {
  const [seq = '', payload = '', sum] = line.split(' ')
  return { seq: Number(seq), intact: sum === checksum(`${seq} ${payload}`) }
}

function checksum(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 16)
}

/** A new file survives a crash only once its directory is durable as well. */
function flushDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}
