import { field } from '../../engine/object.ts'

/** What a CSINode says of a CSI driver, such as the ID of the node in it; undefined where its node does not have the driver. */
export function registeredDriver(csiNode: unknown, driver: string): unknown {
  const drivers = field(csiNode, 'spec', 'drivers')
  return Array.isArray(drivers) ? drivers.find((each) => field(each, 'name') === driver) : undefined
}
