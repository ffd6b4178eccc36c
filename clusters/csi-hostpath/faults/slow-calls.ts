import type { FaultSetting } from '../fault-setting.ts'
import type { Handler, Service } from '../service.ts'
import { faultOfGroup, readGroup, readSnapshot } from '../snapshot.ts'
import type { DataDirectory } from '../storage/data-directory.ts'
import { faultOf, readVolume } from '../volume.ts'
import { delay } from './settings.ts'

/** Objects that a request may name. A message leaves out those that are absent, and is empty where there are none. */
interface About {
  readonly volume_id?: string
  readonly snapshot_id?: string
  readonly group_snapshot_id?: string
}

/** The fault of what exists already; that of what a call is to make, the call itself reads from its parameters. */
async function faultOfSubject(data: DataDirectory, request: About): Promise<FaultSetting | null> {
  const { volume_id = '', snapshot_id = '', group_snapshot_id = '' } = request
  const volume = await readVolume(data, volume_id)
  if (volume !== undefined) return faultOf(volume)
  const group = await readGroup(data, group_snapshot_id)
  if (group !== undefined) return await faultOfGroup(data, group)
  return (await readSnapshot(data, snapshot_id))?.fault ?? null
}

/** A service in which every call about a volume, a snapshot or a group takes longer where its `slow-calls` asks for it. */
export function slowed(data: DataDirectory, service: Service): Service {
  const slow = (handler: Handler): Handler => {
    return async (request: About, call) => {
      await delay(await faultOfSubject(data, request), call)
      return await handler(request as never, call)
    }
  }
  return Object.fromEntries(Object.entries(service).map(([method, handler]) => [method, slow(handler)]))
}
