import type { V1PersistentVolume } from '@kubernetes/client-node'
import { nodesOf } from './node-affinity.ts'
import { attempt, type Attempt, boundPvc, NotSeen, podGone, type Probe, readyPod } from './probe-context.ts'

/** Tries a volume as a block device. */
export async function blockVolume(probe: Probe): Promise<Attempt> {
  const name = 'block'
  return attempt(probe, name, async () => {
    await boundPvc(probe, name, { block: true })
    await readyPod(probe, `${name}-user`, { pvc: name, block: true })
    return 'a Pod became Ready with a volume as a block device'
  })
}

/** Tries a volume for one Pod alone. */
export async function onePodVolume(probe: Probe): Promise<Attempt> {
  const name = 'one-pod'
  return attempt(probe, name, async () => {
    await boundPvc(probe, name, { accessMode: 'ReadWriteOncePod' })
    await readyPod(probe, `${name}-user`, { pvc: name })
    return 'a ReadWriteOncePod volume was bound, and its Pod became Ready'
  })
}

/** Tries a volume that Pods of two nodes use at the same time. */
export async function sharedVolume(probe: Probe): Promise<Attempt> {
  const name = 'shared'
  return attempt(probe, name, async () => {
    await boundPvc(probe, name, { accessMode: 'ReadWriteMany' })
    const one = await readyPod(probe, `${name}-user`, { pvc: name })
    if (probe.nodes.length === 1) return 'a ReadWriteMany volume was bound, and its Pod became Ready on the only node'
    const other = await anotherNode(probe, { pvc: name, node: one })
    await readyPod(probe, `${name}-other`, { pvc: name, node: other })
    return `Pods of the nodes ${one} and ${other} were Ready with one ReadWriteMany volume at the same time`
  })
}

/** Tries to use a volume on one node after another. */
export async function movedVolume(probe: Probe): Promise<Attempt> {
  const name = 'moved'
  return attempt(probe, name, async () => {
    await boundPvc(probe, name, {})
    const one = await readyPod(probe, `${name}-user`, { pvc: name })
    const other = await anotherNode(probe, { pvc: name, node: one })
    await podGone(probe, `${name}-user`)
    await readyPod(probe, `${name}-other`, { pvc: name, node: other })
    return `a volume was used on node ${one} and then on node ${other}`
  })
}

/** A node other than the given one from which the volume can be used. Throws `NotSeen` when there is none. */
async function anotherNode(probe: Probe, { pvc, node }: { readonly pvc: string; readonly node: string }): Promise<string> {
  const pv = await pvOf(probe, pvc)
  const other = nodesOf(pv, probe.nodes).find(({ metadata }) => metadata?.name !== node)?.metadata?.name
  if (other !== undefined) return other
  throw new NotSeen(
    probe.nodes.length === 1
      ? 'no second node takes Pods'
      : `by the node affinity of its PersistentVolume, only node ${node} can use the volume`,
  )
}

async function pvOf({ api, seen }: Probe, pvc: string): Promise<V1PersistentVolume> {
  const name = seen.pvc(pvc)?.spec?.volumeName ?? ''
  const pv = await api.read<V1PersistentVolume>({ apiVersion: 'v1', kind: 'PersistentVolume', name })
  if (pv === undefined) throw new NotSeen(`PersistentVolume ${name} is not there`)
  return pv
}
