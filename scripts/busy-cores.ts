import { $ } from 'zx'

/** Keeps that many cores busy with computing until it is disposed of. Each worker is a process of its own, ended by its id. */
export function busyCores(count: number): AsyncDisposable {
  const workers = Array.from({ length: count }, () => $({ nothrow: true, quiet: true })`${process.execPath} -e ${'for (;;) Math.random()'}`)
  return {
    async [Symbol.asyncDispose]() {
      for (const worker of workers) await worker.kill('SIGKILL')
      await Promise.all(workers)
    },
  }
}
