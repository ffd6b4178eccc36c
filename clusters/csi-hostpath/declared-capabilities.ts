import { credentials } from '@grpc/grpc-js'
import { promisify } from 'node:util'
import { loadService } from './grpc-server.ts'

/** The part of the answers that a declaration is in. */
interface Answer {
  readonly capabilities?: readonly Partial<Record<'rpc' | 'service' | 'volume_expansion', { readonly type: string } | null>>[]
  readonly available_capacity?: string
  readonly max_volumes_per_node?: string
  readonly accessible_topology?: { readonly segments: Readonly<Record<string, string>> } | null
}

async function ask(socket: string, method: `${string}/${string}`, request: object = {}): Promise<Answer> {
  const [service = '', name = ''] = method.split('/')
  const client = new (loadService('csi.proto', `csi.v1.${service}`))(`unix:${socket}`, credentials.createInsecure())
  try {
    const send: unknown = client[name]
    if (typeof send !== 'function') throw new Error(`There is no method ${method}.`)
    return (await promisify(send.bind(client))(request)) as Answer
  } finally {
    client.close()
  }
}

/** What a driver says over its socket that it can do, in the words of Kubernetes' own end-to-end storage tests. */
export async function declaredCapabilities(socket: string): Promise<Readonly<Record<string, boolean>>> {
  const namesOf = async (method: `${string}/${string}`) => {
    const { capabilities = [] } = await ask(socket, method)
    return new Set(capabilities.map(({ rpc, service: offered, volume_expansion: expansion }) => (rpc ?? offered ?? expansion)?.type))
  }
  const [plugin, controller, node] = [
    await namesOf('Identity/GetPluginCapabilities'),
    await namesOf('Controller/ControllerGetCapabilities'),
    await namesOf('Node/NodeGetCapabilities'),
  ]
  /** A driver has no room for a volume that it does not offer. */
  const offers = async (mode: string, access: object = { mount: {} }) => {
    const capability = { ...access, access_mode: { mode } }
    const answer = await ask(socket, 'Controller/GetCapacity', { volume_capabilities: [capability] })
    return Number(answer.available_capacity) > 0
  }
  const { max_volumes_per_node: most, accessible_topology: topology } = await ask(socket, 'Node/NodeGetInfo')
  return {
    block: await offers('SINGLE_NODE_WRITER', { block: {} }),
    RWX: await offers('MULTI_NODE_MULTI_WRITER'),
    capReadOnlyMany: await offers('MULTI_NODE_READER_ONLY'),
    readWriteOncePod: (await offers('SINGLE_NODE_SINGLE_WRITER')) && controller.has('SINGLE_NODE_MULTI_WRITER'),
    xfs: await offers('SINGLE_NODE_WRITER', { mount: { fs_type: 'xfs' } }),
    ext4: await offers('SINGLE_NODE_WRITER', { mount: { fs_type: 'ext4' } }),
    controllerExpansion: controller.has('EXPAND_VOLUME'),
    nodeExpansion: node.has('EXPAND_VOLUME'),
    onlineExpansion: plugin.has('ONLINE'),
    offlineExpansion: plugin.has('ONLINE') || plugin.has('OFFLINE'),
    snapshotDataSource: controller.has('CREATE_DELETE_SNAPSHOT'),
    groupSnapshot: plugin.has('GROUP_CONTROLLER_SERVICE'),
    pvcDataSource: controller.has('CLONE_VOLUME'),
    capacity: controller.has('GET_CAPACITY'),
    volumeLimits: Number(most) > 0,
    topology: plugin.has('VOLUME_ACCESSIBILITY_CONSTRAINTS') && Object.keys(topology?.segments ?? {}).length > 0,
    volumeMountGroup: node.has('VOLUME_MOUNT_GROUP'),
    snapshotMetadata: plugin.has('SNAPSHOT_METADATA_SERVICE'),
    volumeAttributesClass: controller.has('MODIFY_VOLUME'),
  }
}
