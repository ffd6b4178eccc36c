import { readdir, readFile } from 'node:fs/promises'

/** One process of this machine. */
export interface Process {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** Every process that has this line, `NAME=value`, in its environment; children inherit it. */
export async function processesWith(line: string): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid): Promise<Process[]> => {
      try {
        const environment = await readFile(`/proc/${pid}/environ`, 'utf8')
        if (!environment.split('\0').includes(line)) return []
        const status = await readFile(`/proc/${pid}/status`, 'utf8')
        const command = await readFile(`/proc/${pid}/cmdline`, 'utf8')
        // A zombie holds no resources; its parent has not reaped it yet.
        if (/^State:\s+Z/m.test(status)) return []
        return [{ pid: Number(pid), parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]), command: command.replaceAll('\0', ' ').trim() }]
      } catch (error) {
        // It ended while we looked, or not even root may look at it.
        if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH', 'EACCES'].includes(String(error.code))) return []
        throw error
      }
    }),
  )
  return found.flat()
}
