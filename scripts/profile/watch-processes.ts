import { globSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { busyTicks, kindOfProcess, parseStat, type ProcessTicks, type Sample } from './processes.ts'

/** Seconds between two looks: what lives shorter is seen by what its parent says of it. */
const betweenLooks = 0.5

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // The process ended between the listing and now.
    return ''
  }
}

/** Looks at all processes of this machine, those of nodes in containers too. `kinds` keeps what is known of each from look to look. */
export function lookAtProcesses(kinds: Map<string, string>): Sample {
  const found = globSync('/proc/[0-9]*/stat').flatMap((path) => {
    const text = textOf(path)
    if (text === '') return []
    const pid = path.split('/')[2] ?? ''
    return [{ pid, ...parseStat(text) }]
  })
  const keyOf = new Map(found.map(({ pid, started }) => [Number(pid), `${pid}:${started}`]))
  const processes = found.map(({ pid, name, parent, own, reaped, started }): ProcessTicks => {
    const key = `${pid}:${started}`
    // A process that was just forked still has the name of its parent.
    const named = `${key} ${name}`
    const known = kinds.get(named)
    const [command, inPod] =
      known === undefined ? [textOf(`/proc/${pid}/cmdline`), textOf(`/proc/${pid}/cgroup`).includes('kubepods')] : ['', false]
    const kind = known ?? kindOfProcess({ name, command: command.replaceAll('\0', ' '), inPod })
    kinds.set(named, kind)
    return { key, parent: keyOf.get(parent), kind, own, reaped }
  })
  return { processes, busy: busyTicks(textOf('/proc/stat')) }
}

/** Looks at the processes of this machine again and again until the signal is aborted. */
export async function watchProcesses(signal: AbortSignal): Promise<readonly Sample[]> {
  const kinds = new Map<string, string>()
  const samples = [lookAtProcesses(kinds)]
  while (!signal.aborted) {
    await pause(betweenLooks * 1000, undefined, { signal }).catch(() => undefined)
    samples.push(lookAtProcesses(kinds))
  }
  return samples
}
