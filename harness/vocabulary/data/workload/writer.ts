import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { blockOf, type FoundWrites, kindOf, layout, replacedBy, runsOf, type WriteKind } from './continuous-writes.ts'
import { content } from './content.ts'

const socket = '/tmp/holdfast-writer.sock'
const errors = '/tmp/holdfast-writer.log'
const blockSize = 16 * 1024
const headSize = 8
const names = { sequence: 'sequence', append: 'appended', overwrite: 'table', create: 'created' } as const

/** Starts a continuous writer that goes on when this process has ended. Returns once it writes. */
export async function startWriting(directories: readonly string[]): Promise<void> {
  const [, script = ''] = process.argv
  const log = openSync(errors, 'w')
  const writer = spawn(process.execPath, [script, 'write', ...directories], { detached: true, stdio: ['ignore', 'pipe', log] })
  await new Promise<void>((resolve, reject) => {
    writer.stdout?.once('data', () => resolve())
    writer.once('exit', () => reject(new Error(`The writer ended: ${readFileSync(errors, 'utf8')}`)))
  })
  writer.stdout?.destroy()
  writer.unref()
}

/**
 * Writes record after record to each directory in turn until it is asked to stop. Who connects to its socket is told the last record
 * that is durable everywhere, between two records: each later one begins after the answer.
 */
export async function write(directories: readonly string[]): Promise<void> {
  const writers = directories.map(openDirectory)
  const state = { record: 0, stopped: false }
  const server = createServer((connection) => {
    connection.once('data', (question) => {
      state.stopped ||= question.toString() === 'stop'
      connection.end(String(state.record))
    })
  })
  rmSync(socket, { force: true })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  console.log('writing')
  while (!state.stopped) {
    for (const one of writers) one.write(state.record + 1)
    state.record += 1
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  server.close()
}

/** Asks the writer for the last durable record, or to stop after it. The record is null where no writer is left that would tell. */
export async function ask(question: 'position' | 'stop', path: string = socket): Promise<{ readonly record: number | null }> {
  const connection = createConnection(path)
  connection.on('connect', () => connection.write(question))
  try {
    const answer = await text(connection)
    return { record: answer === '' ? null : Number(answer) }
  } catch (error) {
    // No file: its container was made anew. Refused or reset: it ended.
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(String(error.code))) {
      return { record: null }
    }
    throw error
  }
}

/** Opens a directory for records, of which each is durable when `write` returns. */
export function openDirectory(directory: string): { write(record: number): void } {
  const files = join(directory, names.create)
  mkdirSync(files, { recursive: true })
  const [sequence, appended] = [names.sequence, names.append].map((name) => openSync(join(directory, name), 'a')) as [number, number]
  const table = openSync(join(directory, names.overwrite), 'w')
  const folder = openSync(files, 'r')
  const durably = (descriptor: number, bytes: Buffer, position: number | null = null) => {
    writeSync(descriptor, bytes, 0, bytes.length, position)
    fsyncSync(descriptor)
  }
  const ways: Readonly<Record<WriteKind, (record: number) => void>> = {
    append: (record) => durably(appended, withLength(stamped(record, 200 + ((record * 37) % 4000)))),
    overwrite: (record) => durably(table, stamped(record, blockSize), blockOf(record) * blockSize),
    create(record) {
      const file = openSync(join(files, String(record)), 'w')
      durably(file, stamped(record, headSize + ((record * 7919) % 65_536)))
      closeSync(file)
      rmSync(join(files, String(replacedBy(record))), { force: true })
      fsyncSync(folder)
    },
  }
  return {
    write(record) {
      ways[kindOf(record)](record)
      durably(sequence, Buffer.from(lineOf(record)))
    },
  }
}

/** Reads what a continuous writer left in a directory. */
export function readWrites(directory: string): FoundWrites {
  const unreadable: string[] = []
  const bytesOf = (...path: readonly string[]) =>
    attempt(join(...path), { empty: Buffer.alloc(0), unreadable, read: (file) => readFileSync(file) })
  const lines = bytesOf(directory, names.sequence).toString('utf8').split('\n')
  const tail = lines.pop()
  const intact = lines.map((line) => Number(line.split(' ')[0])).filter((record, position) => `${lines[position]}\n` === lineOf(record))
  const appended = readAppended(bytesOf(directory, names.append))
  const table = bytesOf(directory, names.overwrite)
  const files = attempt(join(directory, names.create), { empty: [], unreadable, read: (path) => readdirSync(path) })
  return {
    sequence: runsOf(intact),
    appended: runsOf(appended.records.map((record) => record / layout.kinds.length)),
    torn: { sequence: tail !== '' || intact.length < lines.length, appended: appended.torn },
    table: Array.from({ length: Math.ceil(table.length / blockSize) }, (_, block) =>
      recordIn(table.subarray(block * blockSize, (block + 1) * blockSize)),
    ),
    created: files.map((name) => ({ record: Number(name), intact: recordIn(bytesOf(directory, names.create, name)) === Number(name) })),
    unreadable,
  }
}

/** What is not there is empty; what is there and cannot be read is a finding about the volume. */
function attempt<Content>(
  path: string,
  { empty, unreadable, read }: { readonly empty: Content; readonly unreadable: string[]; readonly read: (path: string) => Content },
): Content {
  try {
    return read(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code !== 'ENOENT') unreadable.push(`${path} (${code})`)
    return empty
  }
}

function readAppended(bytes: Buffer): { readonly records: readonly number[]; readonly torn: boolean } {
  const records: number[] = []
  for (let start = 0; start < bytes.length;) {
    const length = start + 4 <= bytes.length ? bytes.readUInt32BE(start) : 0
    const record = recordIn(bytes.subarray(start + 4, start + 4 + length))
    if (length === 0 || start + 4 + length > bytes.length || record === null) return { records, torn: true }
    records.push(record)
    start += 4 + length
  }
  return { records, torn: false }
}

/** Bytes that tell which record they are of, and whether they are all there. */
function stamped(record: number, size: number): Buffer {
  const bytes = content(record, size)
  bytes.writeBigUInt64BE(BigInt(record), 0)
  return bytes
}

/** The record that bytes are of: 0 for a hole, null when they are of none as a whole. */
function recordIn(bytes: Buffer): number | null {
  if (bytes.length < headSize) return null
  const record = Number(bytes.readBigUInt64BE(0))
  if (record === 0) return bytes.every((byte) => byte === 0) ? 0 : null
  return Number.isSafeInteger(record) && stamped(record, bytes.length).equals(bytes) ? record : null
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function lineOf(record: number): string {
  return `${record} ${createHash('sha256').update(String(record)).digest('hex').slice(0, 16)}\n`
}
