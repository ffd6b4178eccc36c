import type { Profile } from '../images/plan.ts'
import type { Feature } from '../../contract/cluster-record.ts'
import { features as defaultFeatures } from './default-profile.ts'
import { features as veleroFeatures } from './velero-profile.ts'

/** What a cluster of each profile may offer at most: some of it depends on the images that could be had. */
export const profileFeatures: Readonly<Record<Profile, readonly Feature[]>> = {
  default: defaultFeatures,
  velero: [...veleroFeatures, 'MongoDB', 'OfficialPostgresImage'],
}
