/** Requests as proto-loader hands them over: wire names, 64-bit integers as decimal strings, an absent message as null. */

export type Parameters = Readonly<Record<string, string>>

export interface CapacityRange {
  readonly required_bytes: string
  readonly limit_bytes: string
}

export interface VolumeCapability {
  readonly block?: object | null
  readonly mount?: { readonly fs_type: string; readonly mount_flags: readonly string[] } | null
  readonly access_mode: { readonly mode: string } | null
}

export interface VolumeContentSource {
  readonly snapshot?: { readonly snapshot_id: string } | null
  readonly volume?: { readonly volume_id: string } | null
}

export interface Topology {
  readonly segments: Parameters
}

export interface TopologyRequirement {
  readonly requisite: readonly Topology[]
  readonly preferred: readonly Topology[]
}

export interface CreateVolumeRequest {
  readonly name: string
  readonly capacity_range: CapacityRange | null
  readonly volume_capabilities: readonly VolumeCapability[]
  readonly parameters: Parameters
  readonly mutable_parameters: Parameters
  readonly volume_content_source: VolumeContentSource | null
  readonly accessibility_requirements: TopologyRequirement | null
}

export interface VolumeRequest {
  readonly volume_id: string
}

export interface ControllerPublishVolumeRequest extends VolumeRequest {
  readonly node_id: string
  readonly volume_capability: VolumeCapability | null
  readonly readonly: boolean
}

export interface ControllerUnpublishVolumeRequest extends VolumeRequest {
  readonly node_id: string
}

export interface ValidateVolumeCapabilitiesRequest extends VolumeRequest {
  readonly volume_capabilities: readonly VolumeCapability[]
  readonly volume_context: Parameters
  readonly parameters: Parameters
}

export interface ListRequest {
  readonly max_entries: number
  readonly starting_token: string
}

export interface ControllerExpandVolumeRequest extends VolumeRequest {
  readonly capacity_range: CapacityRange | null
  readonly volume_capability: VolumeCapability | null
}

export interface ControllerModifyVolumeRequest extends VolumeRequest {
  readonly mutable_parameters: Parameters
}

export interface GetCapacityRequest {
  readonly volume_capabilities: readonly VolumeCapability[]
  readonly parameters: Parameters
  readonly accessible_topology: Topology | null
}

export interface CreateSnapshotRequest {
  readonly source_volume_id: string
  readonly name: string
  readonly parameters: Parameters
}

export interface SnapshotRequest {
  readonly snapshot_id: string
}

export interface ListSnapshotsRequest extends ListRequest {
  readonly source_volume_id: string
  readonly snapshot_id: string
}

export interface CreateGroupRequest {
  readonly name: string
  readonly source_volume_ids: readonly string[]
  readonly parameters: Parameters
}

export interface GroupRequest {
  readonly group_snapshot_id: string
  readonly snapshot_ids: readonly string[]
}

export interface NodeStageVolumeRequest extends VolumeRequest {
  readonly staging_target_path: string
  readonly volume_capability: VolumeCapability | null
}

export interface NodeUnstageVolumeRequest extends VolumeRequest {
  readonly staging_target_path: string
}

export interface NodePublishVolumeRequest extends VolumeRequest {
  readonly staging_target_path: string
  readonly target_path: string
  readonly volume_capability: VolumeCapability | null
  readonly readonly: boolean
  readonly volume_context: Parameters
}

export interface NodeUnpublishVolumeRequest extends VolumeRequest {
  readonly target_path: string
}

export interface NodePathRequest extends VolumeRequest {
  readonly volume_path: string
}
