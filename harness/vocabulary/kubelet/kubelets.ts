import { field } from '../../engine/object.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import { limits } from '../../engine/limits.ts'
import type { Measure } from '../../engine/measurement.ts'
import { pause } from '../../engine/pause.ts'
import { figuresIn, type FiguresName } from './volume-figures.ts'

/** What the kubelets of a cluster tell, read by the API server's proxy to each. Takes the right to `get` `nodes/proxy`. */
export interface Kubelets {
  /**
   * Waits until the kubelet of a node has looked anew at the volumes of some PVCs, which it does about once a minute, and keeps the metrics
   * `kubelet_volume_stats_*` of all PVCs of the guarantee. Where it does not look in time, what it tells then is kept.
   * See https://kubernetes.io/docs/reference/instrumentation/metrics/
   */
  readVolumeFigures(label: string, at: { readonly node: string; readonly pvcs: readonly string[] }): Promise<FiguresName>
}

/** Seconds between two questions whether the kubelet has looked anew. */
const betweenLooks = 2

/** Of the summary of a kubelet, the volumes of each Pod. */
interface Summary {
  readonly pods?: readonly { readonly volume?: readonly object[] }[]
}

/** The kubelets of a cluster. */
export function kubeletsOf({
  api,
  namespace,
  measure,
  signal,
}: {
  readonly api: KubernetesApi
  readonly namespace: string
  readonly measure: Measure
  readonly signal: AbortSignal
}): Kubelets {
  /** When the kubelet last looked at the volume of each PVC, by its own clock. */
  const looks = async (node: string): Promise<ReadonlyMap<unknown, unknown>> => {
    const { pods = [] } = await api.send<Summary>({ path: `/api/v1/nodes/${node}/proxy/stats/summary`, signal })
    const volumes = pods.flatMap(({ volume = [] }) => volume).filter((one) => field(one, 'pvcRef', 'namespace') === namespace)
    return new Map(volumes.map((one) => [field(one, 'pvcRef', 'name'), field(one, 'time')]))
  }
  return {
    async readVolumeFigures(label, { node, pvcs }) {
      const before = await looks(node)
      const ended = AbortSignal.any([signal, AbortSignal.timeout(limits.volumeFigures * 1000)])
      const isAnew = (now: ReadonlyMap<unknown, unknown>) => pvcs.every((pvc) => now.has(pvc) && now.get(pvc) !== before.get(pvc))
      while (!ended.aborted && !isAnew(await looks(node))) await pause(betweenLooks, ended)
      const metrics = await api.read({ path: `/api/v1/nodes/${node}/proxy/metrics`, signal })
      measure('volume-figures', label, { subject: { kind: 'Node', name: node }, value: figuresIn(metrics, namespace) })
      return { node, label }
    },
  }
}
