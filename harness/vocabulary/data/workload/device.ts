import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, readSync, statSync, writeSync } from 'node:fs'
import type { FoundDevice } from '../device.ts'
import { content, type Written } from './content.ts'

const patternSize = 8 * 1024 * 1024

/** Writes a pattern over the beginning of a block device. Returns once it is durable. */
export function writePattern(device: string, seed: number): Written {
  const descriptor = openSync(device, 'r+')
  writeSync(descriptor, content(seed, patternSize), 0, patternSize, 0)
  fsyncSync(descriptor)
  closeSync(descriptor)
  return { directory: device, files: 1, bytes: patternSize }
}

/** Reads the size of a block device and the beginning of its content. */
export function readDevice(device: string): FoundDevice {
  const sizeBytes = Number(execFileSync('blockdev', ['--getsize64', device], { encoding: 'utf8' }))
  const bytes = Buffer.alloc(patternSize)
  const descriptor = openSync(device, 'r')
  const read = readSync(descriptor, bytes, 0, patternSize, 0)
  closeSync(descriptor)
  return { device, sizeBytes, sha256: createHash('sha256').update(bytes.subarray(0, read)).digest('hex') }
}

/** Reads how far ahead the kernel reads on the block device behind a file system. */
export function readAhead(directory: string): { readonly directory: string; readonly kibibytes: number } {
  const { dev } = statSync(directory)
  const number = `${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`
  return { directory, kibibytes: Number(readFileSync(`/sys/dev/block/${number}/queue/read_ahead_kb`, 'utf8')) }
}
