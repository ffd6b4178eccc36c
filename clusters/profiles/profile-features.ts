import type { Profile } from '../images/plan.ts'
import type { Feature } from '../../contract/cluster-record.ts'
import { features as defaultFeatures } from './default-profile.ts'
import { features as veleroFeatures } from './velero-profile.ts'

/** The most features a cluster of each profile may have; some depend on the images that were available. */
export const profileFeatures: Readonly<Record<Profile, readonly Feature[]>> = {
  default: defaultFeatures,
  velero: [...veleroFeatures, 'MongoDB', 'OfficialPostgresImage'],
}
