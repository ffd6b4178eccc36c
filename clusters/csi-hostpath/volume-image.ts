import { open, rm, stat } from 'node:fs/promises'
import { command } from './command.ts'
import { moveDurably, unfinished } from './durable-file.ts'

/** Longest time, in seconds, that copying an image that stands still may take. */
const copyLimit = 300

/** Makes an image file whole or not at all: `fill` writes it under another name, then it is flushed and gets its own. */
export async function makeImage(path: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${path}${unfinished}`
  try {
    await rm(temporary, { force: true })
    await fill(temporary)
    await moveDurably(temporary, path)
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Size of an image file in bytes. */
export async function imageSize(path: string): Promise<number> {
  const { size } = await stat(path)
  return size
}

/** Makes a blank image file of so many bytes; it takes no room until it is written. */
export async function blankImage(path: string, size: number): Promise<void> {
  await using handle = await open(path, 'wx', 0o600)
  await handle.truncate(size)
}

/** Makes an image file at least so many bytes large; what is added takes no room until it is written. */
export async function growImage(path: string, size: number): Promise<void> {
  await using handle = await open(path, 'r+')
  const { size: current } = await handle.stat()
  if (current < size) await handle.truncate(size)
  await handle.sync()
}

/** Copies an image file that nobody is writing, keeping its holes. */
export async function copyImage(from: string, to: string): Promise<void> {
  await command('cp', ['--sparse=always', '--reflink=auto', from, to], copyLimit)
}

/** What an image file holds: an xfs, nothing at all, or something else. */
export async function imageContent(path: string): Promise<'xfs' | 'blank' | 'unknown'> {
  await using handle = await open(path, 'r')
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0)
  const start = buffer.subarray(0, bytesRead)
  if (start.subarray(0, 4).toString('latin1') === 'XFSB') return 'xfs'
  return start.every((byte) => byte === 0) ? 'blank' : 'unknown'
}

/** Gives a blank image file an empty xfs. The caller has made sure that no loop device is bound to it. */
export async function formatImage(path: string): Promise<void> {
  const size = await imageSize(path)
  // On a file of its own: a kill half-way leaves the image blank, never half formatted.
  await makeImage(path, async (temporary) => {
    await blankImage(temporary, size)
    await command('mkfs.xfs', ['-q', temporary])
  })
}
