import type { VeleroRecord } from '../../../contract/cluster-record.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'

/** Velero of a cluster. Throws `Inconclusive` where there is none, which a guarantee that requires `Velero` never meets. */
export function mustHaveVelero(velero: VeleroRecord | undefined): VeleroRecord {
  if (velero !== undefined) return velero
  throw new Inconclusive().withDetails({ reason: { summary: 'The cluster has no Velero: the guarantee has to require it.' } })
}
