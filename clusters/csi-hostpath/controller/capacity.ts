import { usualBehaviour } from '../behaviour.ts'
import { Failure } from '../failure.ts'
import type { CapacityRange } from '../messages.ts'
import type { Access } from '../storage/data-directory.ts'
import { smallestFor } from '../storage/file-system.ts'

const mebibyte = 1024 ** 2
const defaultVolume = 1024 * mebibyte

/** The smallest volume with this access, in bytes; a smaller request is raised to it. */
export function smallestVolume(access: Access): number {
  return access.type === 'mount' ? smallestFor(access.fsType) : mebibyte
}

interface Range {
  readonly required: number
  /** Infinity when the request sets no limit. */
  readonly limit: number
}

function readRange(range: CapacityRange | null): Range {
  const required = Number(range?.required_bytes ?? 0)
  const limit = Number(range?.limit_bytes ?? 0)
  if (required < 0 || limit < 0)
    throw new Failure('INVALID_ARGUMENT', 'capacity_range has a negative size: sizes are in bytes, zero means unset.')
  if (!Number.isSafeInteger(required) || !Number.isSafeInteger(limit))
    throw new Failure('OUT_OF_RANGE', 'capacity_range is larger than 8 PiB.')
  if (limit > 0 && required > limit)
    throw new Failure('INVALID_ARGUMENT', `required_bytes ${required} is larger than limit_bytes ${limit}.`)
  return { required, limit: limit === 0 ? Infinity : limit }
}

/** Smallest size of a volume, in bytes. */
export interface SizeFloor {
  /** The smallest volume there is: a smaller request is raised to it. */
  readonly smallest: number
  /** Bytes that the content needs: a smaller request is refused. */
  readonly content?: number
  /** Sizes are multiples of so many bytes; those of a block when absent. */
  readonly step?: number
}

/** Size in bytes of the volume that a range asks for, in whole steps. Throws OUT_OF_RANGE when no size fits. */
export function chooseSize(range: CapacityRange | null, { smallest, content = 0, step = usualBehaviour.sizeStep }: SizeFloor): number {
  const { required, limit } = readRange(range)
  const unasked = content > 0 ? content : Math.min(defaultVolume, limit)
  const size = Math.ceil(Math.max(required === 0 ? unasked : required, smallest) / step) * step
  if (size < content) throw new Failure('OUT_OF_RANGE', `required_bytes ${required} is too small: the content needs ${content} bytes.`)
  if (size > limit) throw new Failure('OUT_OF_RANGE', `limit_bytes ${limit} is too small: the volume needs ${size} bytes.`)
  return size
}

/** Whether a volume of this size answers a request for this range. */
export function fits(size: number, range: CapacityRange | null): boolean {
  const { required, limit } = readRange(range)
  return size >= required && size <= limit
}
