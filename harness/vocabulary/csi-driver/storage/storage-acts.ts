import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import type { NamespaceActs } from '../../../engine/fixtures/namespace.ts'
import type { History } from '../../../engine/history/history.ts'
import { act, type Answer } from '../../../engine/kubernetes/act.ts'
import type { KubernetesApi } from '../../../engine/kubernetes/api.ts'
import type { ExecResult } from '../../../engine/kubernetes/exec.ts'
import { field } from '../../../engine/object.ts'
import type { PvcActs } from '../../pvc/pvc-acts.ts'
import { loseStorage } from './lose-storage.ts'
import { powerCut } from './power-cut.ts'

/** Acts of a suite on what is below the volumes of a CSI driver of ours. */
export interface StorageActs {
  /** Cuts the power of the file system of a PersistentVolumeClaim on the node of a Pod. Needs the feature `PowerCut`. */
  cutPower(pvc: string, pod: string): Promise<void>
  /**
   * Loses what the storage system keeps of a PersistentVolumeClaim and of its VolumeSnapshots, as if its disks were gone. Needs the
   * feature `DriverCallLog`. What a Pod has mounted of it goes on until it is unmounted, and the driver reports its volume as abnormal.
   */
  loseStorage(pvc: string, cluster: Pick<ClusterRecord, 'callLogDirectory'>): Promise<void>
}

/** Acts on what is below the volumes of a namespace. */
export function storageActs(options: {
  readonly api: KubernetesApi
  readonly history: History
  readonly namespace: Pick<NamespaceActs, 'read'> & Pick<PvcActs, 'pvOf'>
  readonly signal: AbortSignal
}): StorageActs {
  const { api, history, namespace, signal } = options
  return {
    async cutPower(pvc, pod) {
      const volume = await namespace.pvOf(pvc)
      const handle = String(field(await namespace.read(volume), 'spec', 'csi', 'volumeHandle'))
      const node = String(field(await namespace.read({ kind: 'Pod', name: pod }), 'spec', 'nodeName'))
      const send = async () => powerCut({ api, handle, node, signal })
      const answer = ({ exitCode }: ExecResult): Answer => ({ code: 200, reason: 'OK', message: `exit code ${exitCode}` })
      await act({ history, verb: 'cut-power', subject: volume, request: { handle, node }, send, answer })
    },
    async loseStorage(pvc, cluster) {
      const volume = await namespace.pvOf(pvc)
      const handle = String(field(await namespace.read(volume), 'spec', 'csi', 'volumeHandle'))
      const send = async () => loseStorage(cluster, handle)
      const answer = (files: readonly string[]): Answer => ({ code: 200, reason: 'OK', message: `lost: ${files.join(', ')}` })
      await act({ history, verb: 'lose-storage', subject: volume, request: { handle }, send, answer })
    },
  }
}
