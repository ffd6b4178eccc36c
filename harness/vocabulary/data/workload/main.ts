import { change } from './change.ts'
import { readAhead, readDevice, writePattern } from './device.ts'
import { fill } from './fill.ts'
import { fillUp, tryToWrite } from './limits.ts'
import { appendLog, readLog } from './log.ts'
import { manifest } from './manifest.ts'
import { populate } from './populate.ts'
import { grown, sizeOf } from './size.ts'
import { ask, readWrites, startWriting, write } from './writer.ts'

const commands: Readonly<Record<string, (directory: string, ...options: readonly (string | undefined)[]) => unknown>> = {
  manifest: (directory) => manifest(directory),
  fill: (directory, seed) => fill(directory, whole(seed, 'a seed')),
  populate: (directory, ...[files, bytes, seed]) =>
    populate(directory, {
      files: whole(files, 'a number of files'),
      bytes: whole(bytes, 'a number of bytes'),
      seed: whole(seed, 'a seed'),
    }),
  change: (directory, seed) => change(directory, whole(seed, 'a seed')),
  df: (directory) => sizeOf(directory),
  grown: (directory, bytes) => grown(directory, whole(bytes, 'a number of bytes')),
  append: (directory, count) => appendLog(directory, whole(count, 'a number of records')),
  readlog: (directory) => readLog(directory),
  fillup: (directory, bytes) => fillUp(directory, whole(bytes, 'a number of bytes')),
  trywrite: (directory) => tryToWrite(directory),
  pattern: (device, seed) => writePattern(device, whole(seed, 'a seed')),
  device: (device) => readDevice(device),
  readahead: (directory) => readAhead(directory),
  startwriting: async (...directories) => startWriting(directories.filter((directory) => directory !== undefined)),
  write: async (...directories) => write(directories.filter((directory) => directory !== undefined)),
  position: async () => ask('position'),
  stopwriting: async () => ask('stop'),
  readwrites: (directory) => readWrites(directory),
}

const [name = '', directory, ...options] = process.argv.slice(2)
const command = commands[name]

if (command === undefined || directory === undefined) {
  console.error(`Usage: workload.mjs <${Object.keys(commands).join(' | ')}> <directory or device> [numbers or directory]`)
  process.exitCode = 3
} else {
  const result = await command(directory, ...options)
  if (result !== undefined) console.log(JSON.stringify(result))
}

function whole(text: string | undefined, what: string): number {
  const value = Number(text)
  if (text === undefined || !Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} needs ${what}, a whole number from 0.`)
  return value
}
