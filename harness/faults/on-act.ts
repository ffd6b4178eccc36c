import type { InjectedName } from '../../clusters/mutants/catalogue.ts'
import { field } from '../engine/object.ts'
import { type ActFault, patchedVolume } from './fault.ts'

/** Requests that somebody else sends upon an act of a guarantee, before its next step. */
export const onActFaults = {
  'retain-undone': {
    after({ subject, request }, site) {
      const policy = field(request, 'spec', 'persistentVolumeReclaimPolicy')
      if (subject.kind !== 'PersistentVolume' || policy !== 'Retain') return undefined
      return patchedVolume(subject.name, { site, spec: { persistentVolumeReclaimPolicy: 'Delete' } })
    },
  },
} as const satisfies Readonly<Record<InjectedName<'on-act'>, ActFault>>
