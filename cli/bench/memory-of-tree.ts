import { globSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** What `/proc` says of a process. */
export interface SeenProcess {
  readonly parent: number
  readonly command: string
  /** The most that was ever resident of it. */
  readonly kilobytes: number
}

const betweenLooks = 500

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It ended between the listing and now.
    return ''
  }
}

function lookAtProcesses(): ReadonlyMap<number, SeenProcess> {
  const found = globSync('/proc/[0-9]*/status').map((path) => {
    const status = textOf(path)
    const number = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'mu').exec(status)?.[1] ?? 0)
    return [
      Number(path.split('/')[2]),
      { parent: number('PPid'), command: textOf(path.replace(/status$/u, 'cmdline')), kilobytes: number('VmHWM') },
    ] as const
  })
  return new Map(found)
}

/** The most that was resident, in MB, of a process below another whose command line has this in it; 0 where there is none. */
export function peakOf(
  processes: ReadonlyMap<number, SeenProcess>,
  { below, of }: { readonly below: number; readonly of: string },
): number {
  const isBelow = (pid: number): boolean => {
    const parent = processes.get(pid)?.parent ?? 0
    return parent === below || (parent > 1 && isBelow(parent))
  }
  const those = [...processes].filter(([pid, { command }]) => command.includes(of) && isBelow(pid))
  return Math.max(0, ...those.map(([, { kilobytes }]) => (kilobytes * 1024) / 1e6))
}

/** Looks again and again until the signal is aborted. Resolves to the most that was resident of such a process, in MB. */
export async function watchedPeak(process: { readonly below: number; readonly of: string }, signal: AbortSignal): Promise<number> {
  let most = 0
  while (!signal.aborted) {
    most = Math.max(most, peakOf(lookAtProcesses(), process))
    await pause(betweenLooks, undefined, { signal }).catch(() => undefined)
  }
  return most
}
