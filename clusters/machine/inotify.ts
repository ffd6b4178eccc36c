import { readFile, writeFile } from 'node:fs/promises'
import { type Asking, mayChange } from './consent.ts'
import type { Log } from '../log.ts'

const file = '/proc/sys/fs/inotify/max_user_instances'

/** inotify instances that the nodes of three clusters need: systemd, containerd and kubelet of each node hold about twenty. */
export const inotifyInstancesNeeded = 512

/** Inotify instances that the nodes of one cluster need. */
export const inotifyInstancesOfOneCluster = 128

/** How many inotify instances one user of this machine may have; undefined where the kernel does not say. */
export async function inotifyInstances(): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : Number(text)
}

/**
 * Raises the machine's limit of inotify instances where it is too low for several clusters and this process may, asking first on a
 * terminal.
 */
export async function ensureInotifyInstances({ log, ...asking }: Asking & { readonly log: Log }): Promise<void> {
  const found = await inotifyInstances()
  if (found === undefined || found >= inotifyInstancesNeeded) return
  if (process.getuid?.() !== 0) return
  const change = `fs.inotify.max_user_instances from ${found} to ${inotifyInstancesNeeded}`
  if (!(await mayChange(`Raise ${change}? The nodes of several clusters need it.`, asking))) return
  const raised = await writeFile(file, `${inotifyInstancesNeeded}\n`).then(
    () => true,
    () => false,
  )
  if (raised) log(`raised ${change}, for the nodes of several clusters; to put it back: sysctl -w fs.inotify.max_user_instances=${found}`)
}
