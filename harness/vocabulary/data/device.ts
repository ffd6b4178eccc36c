/** What was read of a block device. */
export interface FoundDevice {
  /** Path inside the container. */
  readonly device: string
  readonly sizeBytes: number
  /** Digest of the first 8 MiB. */
  readonly sha256: string
}
