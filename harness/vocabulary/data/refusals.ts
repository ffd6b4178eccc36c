/** How writing until the end came out. */
export interface FilledUp {
  readonly writtenBytes: number
  /** Error code of the write that was refused, or null when none was before the writer had enough. */
  readonly refused: string | null
  /** Size and free space of the file system afterwards, in bytes, as `df` shows them. */
  readonly totalBytes: number
  readonly freeBytes: number
}

/** Error code with which each way of writing was refused, or null where it got through. */
export interface WriteAttempts {
  readonly create: string | null
  readonly append: string | null
  readonly remove: string | null
  readonly chmod: string | null
}
