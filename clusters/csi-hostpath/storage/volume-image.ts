import { open, rm, stat } from 'node:fs/promises'
import { command } from '../command.ts'
import { moveDurably, unfinished } from './durable-file.ts'

/** Longest time, in seconds, that copying an image that stands still may take. */
const copyLimit = 300

/** Makes an image file whole or not at all: `fill` writes it under another name, then it is flushed and gets its own. */
export async function makeImage(path: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  await makeImages([path], async ([temporary = '']) => await fill(temporary))
}

/** Makes several image files, each whole or not at all: `fill` writes them all under other names. */
export async function makeImages(paths: readonly string[], fill: (temporaries: readonly string[]) => Promise<void>): Promise<void> {
  const temporaries = paths.map((path) => `${path}${unfinished}`)
  try {
    for (const temporary of temporaries) await rm(temporary, { force: true })
    await fill(temporaries)
    for (const path of paths) await moveDurably(`${path}${unfinished}`, path)
  } finally {
    for (const temporary of temporaries) await rm(temporary, { force: true })
  }
}

/** Size of an image file in bytes. */
export async function imageSize(path: string): Promise<number> {
  const { size } = await stat(path)
  return size
}

/** Whether an image file is there. */
export async function imageExists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
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
