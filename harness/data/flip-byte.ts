import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs'

/** Turns the byte in the middle of a file into another one, and back when it is done again. */
export function flipByte(file: string): void {
  const position = Math.floor(statSync(file).size / 2)
  const byte = Buffer.alloc(1)
  const descriptor = openSync(file, 'r+')
  readSync(descriptor, byte, 0, 1, position)
  writeSync(descriptor, Buffer.from([255 - byte.readUInt8(0)]), 0, 1, position)
  closeSync(descriptor)
}
