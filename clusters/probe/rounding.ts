import type { VolumeSizes } from '../../contract/platform.ts'
import { parseQuantity, quantityOf } from '../../contract/quantity.ts'
import type { FirstVolume } from './first-volume.ts'
import { attempt, boundPvc, type Probe } from './probe-context.ts'

const name = 'odd'

/** Asks for one byte more than a volume of a size that the driver makes, and reads what it gets. Undefined where it gets none. */
export async function rounding(probe: Probe, { asked, capacity }: FirstVolume): Promise<VolumeSizes | undefined> {
  await attempt(probe, name, async () => {
    await boundPvc(probe, name, { size: capacity + 1 })
    return 'a volume was made'
  })
  const next = parseQuantity(probe.seen.pvc(name)?.status?.capacity?.['storage'] ?? '0')
  return next > capacity ? sizesFrom({ asked, capacity, next }) : undefined
}

/** What is known of the sizes of a driver from a request, its capacity, and the capacity of a request of one byte more than that. */
export function sizesFrom({
  asked,
  capacity,
  next,
}: {
  readonly asked: number
  readonly capacity: number
  readonly next: number
}): VolumeSizes {
  const from = `a request of ${quantityOf(asked)} got ${quantityOf(capacity)}, one of a byte more than that got ${quantityOf(next)}`
  return { smallest: quantityOf(capacity), step: quantityOf(next - capacity), from }
}
