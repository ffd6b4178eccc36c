/**
 * What PVCs ask for in guarantees about quotas, as Kubernetes quantities. No volume is made for these PVCs, so the driver of the platform
 * has no say. They are small enough for a namespace that has a quota already.
 */
export const quotaSizes = {
  /** All that a quota allows. */
  quota: '10Gi',
  beyondQuota: '11Gi',
  /** Four fifths of it. */
  fourFifths: '8Gi',
  /** More than a fifth of it. */
  overFifth: '3Gi',
  fifth: '2Gi',
  /** More than half of it. */
  overHalf: '6Gi',
  /** The least that a LimitRange allows, and the most. */
  least: '1Gi',
  most: '9Gi',
  belowLeast: '500Mi',
  aboveMost: '9500Mi',
  /** `overHalf` and `least` together. */
  overHalfAndLeast: '7Gi',
  /** What a quota allows that is to count only: more than suites ask for, and less than `sizes.beyondAll`. */
  ample: '1Pi',
} as const
