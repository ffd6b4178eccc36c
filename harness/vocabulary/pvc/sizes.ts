import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { parseQuantity, quantityOf } from '../../engine/quantity.ts'

/**
 * The sizes that suites ask for, as Kubernetes quantities. The driver of the platform makes volumes of `small`, `medium`, `large` and
 * `largest` as they are asked for, without rounding; each is a step larger than the one before.
 */
export interface Sizes {
  readonly small: string
  readonly medium: string
  readonly large: string
  readonly largest: string
  /** Five sizes to which a volume of the size `small` grows, one after the other. */
  readonly growing: readonly [string, string, string, string, string]
  /** A little less than `small`. */
  readonly belowSmall: string
  /** More than a volume of the size `medium` can hold. */
  readonly beyondMedium: string
  /** What two volumes of the size `medium` ask for together. */
  readonly twiceMedium: string
  /** More than any storage system has. */
  readonly beyondAll: string
}

/**
 * Room that suites need: an empty file system of any kind fits, and so does what they write to it. A volume grows by as much, so that its
 * file system shows it.
 */
const room = parseQuantity('320Mi')

const ours = { smallest: '320Mi', step: '1' }

/** The sizes that fit the driver of a cluster: those of the platform record, or of our own driver where it has none. */
export function sizesOf({ platform }: Pick<ClusterRecord, 'platform'>): Sizes {
  const { smallest, step } = platform?.sizes ?? ours
  const by = upTo(room, parseQuantity(step))
  const small = upTo(Math.max(room, parseQuantity(smallest)), parseQuantity(step))
  const medium = small + by
  return {
    small: quantityOf(small),
    medium: quantityOf(medium),
    large: quantityOf(medium + by),
    largest: quantityOf(medium + 2 * by),
    growing: [medium, medium + by, medium + 2 * by, medium + 3 * by, medium + 4 * by].map(quantityOf) as [
      string,
      string,
      string,
      string,
      string,
    ],
    belowSmall: quantityOf(small - Math.floor(small / 16)),
    beyondMedium: quantityOf(medium + Math.ceil(medium / 10)),
    twiceMedium: quantityOf(2 * medium),
    beyondAll: '4Pi',
  }
}

/** The next multiple of a step. */
function upTo(bytes: number, step: number): number {
  return Math.ceil(bytes / step) * step
}
