import type { FoundGroupClass } from '../existing/group-classes.ts'
import { attempt, type Attempt, awaited, boundPvc, type Probe, secondsSince } from './probe-context.ts'
import { probeGroupSnapshot } from './probe-objects.ts'

/** A VolumeGroupSnapshotClass that is there. */
export type GroupClassToProbe = Extract<FoundGroupClass, { readonly name: string }>

const name = 'group'
const members = [`${name}-one`, `${name}-two`]

/** Takes a snapshot of a group of two volumes. */
export async function groupSnapshot(probe: Probe, { name: groupSnapshotClass }: GroupClassToProbe): Promise<Attempt> {
  return attempt(probe, name, async () => {
    const { api, place, seen } = probe
    await Promise.all(members.map(async (member) => boundPvc(probe, member, { group: name })))
    const started = Date.now()
    await api.objects.create(probeGroupSnapshot(place, name, { group: name, groupSnapshotClass }))
    await awaited(probe, 'a VolumeGroupSnapshot that is ready', () =>
      seen.groupSnapshot(name)?.status?.readyToUse === true ? true : undefined,
    )
    return `a VolumeGroupSnapshot of class ${groupSnapshotClass} of two volumes was ready in ${secondsSince(started)} s`
  })
}
