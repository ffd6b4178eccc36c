import { credentials, status, type ServiceError } from '@grpc/grpc-js'
import { promisify } from 'node:util'
import { loadService } from './grpc-server.ts'
import type { Parameters } from './messages.ts'

interface VolumeStatus {
  readonly published_node_ids: readonly string[]
  readonly volume_condition: Answer['volume_condition']
}

interface ListEntry {
  readonly volume: Answer['volume']
  readonly status: VolumeStatus
  readonly snapshot: Answer['snapshot']
}

/** The part of an answer that callers here look at. */
export interface Answer {
  readonly volume: {
    readonly volume_id: string
    readonly capacity_bytes: string
    readonly volume_context: Parameters
    readonly accessible_topology: readonly { readonly segments: Parameters }[]
  }
  readonly status: VolumeStatus
  readonly publish_context: Parameters
  readonly snapshot: {
    readonly snapshot_id: string
    readonly source_volume_id: string
    readonly size_bytes: string
    readonly ready_to_use: boolean
  }
  readonly entries: readonly ListEntry[]
  readonly next_token: string
  readonly node_expansion_required: boolean
  readonly capacity_bytes: string
  readonly usage: readonly { readonly total: string; readonly unit: string }[]
  readonly volume_condition: { readonly abnormal: boolean; readonly message: string } | null
  readonly group_snapshot: { readonly group_snapshot_id: string; readonly snapshots: readonly Answer['snapshot'][] }
  readonly available_capacity: string
  readonly max_volumes_per_node: string
  readonly accessible_topology: { readonly segments: Parameters }
}

/** Calls the driver over its socket. */
export interface DriverClient extends Disposable {
  readonly call: (method: string, request: object) => Promise<Answer>
  /** Name of the status code with which a call is refused, and why; `OK` when it is not. */
  readonly refusal: (method: string, request: object) => Promise<string>
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'details' in error
}

/** Connects to a driver that listens on a unix socket. A method belongs to the service that its name tells. */
export function connectDriver(socket: string): DriverClient {
  const open = (name: string) => new (loadService('csi.proto', `csi.v1.${name}`))(`unix:${socket}`, credentials.createInsecure())
  const services = { Node: open('Node'), Controller: open('Controller'), GroupController: open('GroupController') }
  const call = async (method: string, request: object) => {
    const client = method.startsWith('Node') ? services.Node : method.includes('Group') ? services.GroupController : services.Controller
    const send: unknown = client[method]
    if (typeof send !== 'function') throw new Error(`There is no method ${method}.`)
    const answer: unknown = await promisify(send.bind(client))(request)
    return answer as Answer
  }
  return {
    call,
    refusal: async (method, request) => {
      try {
        await call(method, request)
        return 'OK'
      } catch (error) {
        if (!isServiceError(error)) throw error
        return `${status[error.code]}: ${error.details}`
      }
    },
    [Symbol.dispose]: () => {
      for (const service of Object.values(services)) service.close()
    },
  }
}
