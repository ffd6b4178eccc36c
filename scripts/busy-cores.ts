import { execa } from 'execa'

/**
 * Keeps that many cores busy with computing until it is disposed of. Each worker is a process of its own, without a shell, so that ending
 * it takes no look at the processes of the machine.
 */
export function busyCores(count: number): AsyncDisposable {
  const workers = Array.from({ length: count }, () =>
    execa(process.execPath, ['-e', 'for (;;) Math.random()'], { reject: false, stdio: 'ignore' }),
  )
  return {
    async [Symbol.asyncDispose]() {
      for (const worker of workers) worker.kill('SIGKILL')
      await Promise.all(workers)
    },
  }
}
