import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'

async function holdFileLock(path: string): Promise<AsyncDisposable> {
  // `cat` lives as long as its input is open: when this process dies, however it dies, the kernel frees the lock.
  const holder = spawn('flock', ['--exclusive', path, 'sh', '-c', 'echo held; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<string>((resolve) => {
    holder.once('error', (error) => resolve(error.message))
    holder.once('close', (code) => resolve(`flock ended with ${code ?? 'a signal'}`))
  })
  const held = once(holder.stdout, 'data').then(() => undefined)
  const failure = await Promise.race([held, ended])
  if (failure !== undefined) throw new Error(`The lock ${path} could not be taken: ${failure}`)
  return {
    async [Symbol.asyncDispose]() {
      holder.stdin.end()
      await ended
    },
  }
}

/**
 * Runs one piece of work while no other process or call works on the same volumes, snapshots or nodes. Names share 4096 lock files,
 * which are never removed, so a lock cannot be lost to a deletion; they are taken in one order, so two calls cannot wait for each other.
 */
export async function withLocks<T>(directory: string, names: readonly string[], work: () => Promise<T>): Promise<T> {
  const fileOf = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 3)
  const files = [...new Set(names.map(fileOf))].sort()
  await using stack = new AsyncDisposableStack()
  for (const file of files) stack.use(await holdFileLock(join(directory, file)))
  return await work()
}
