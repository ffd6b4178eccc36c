/** What was read of a block device. */
export interface FoundDevice {
  /** Path inside the container. */
  readonly device: string
  readonly sizeBytes: number
  /** Digest of the first 8 MiB. */
  readonly sha256: string
}

/** What file systems and partition tables left on a block device. */
export interface Signatures {
  /** Path inside the container. */
  readonly device: string
  /** Such as `ext4`; none on a raw device. */
  readonly types: readonly string[]
}
