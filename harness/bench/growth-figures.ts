/** What a StatefulSet of some size took, its PVCs included. */
export interface GrowthPoint {
  readonly pods: number
  /** From the StatefulSet sent to its last Pod Running and Ready. */
  readonly seconds: number
  /** From the deletion of its namespace asked for until nothing of it is left. */
  readonly removedSeconds: number
  /** Requests that the API server answered meanwhile, of everybody; undefined where it does not say. */
  readonly requests: number | undefined
  /** Resident memory of the API server and of this process when the last Pod was Ready, in MB. */
  readonly apiServerMegabytes: number | undefined
  readonly runnerMegabytes: number
}

/** Values of a metric in the text format of Prometheus, added up over its labels; undefined where it is not there. */
export function sumOfMetric(text: string, name: string): number | undefined {
  const values = text.split('\n').flatMap((line) => {
    const [metric = '', value] = line.split(/ (?=\S+$)/u)
    return metric === name || metric.startsWith(`${name}{`) ? [Number(value)] : []
  })
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0)
}

/** What is read of a node and of a Pod to see how many more Pods there is room for. */
export interface Room {
  readonly nodes: readonly {
    readonly metadata: { readonly name: string }
    readonly spec?: { readonly unschedulable?: boolean; readonly taints?: readonly { readonly effect: string }[] }
    readonly status?: { readonly allocatable?: { readonly pods?: string } }
  }[]
  readonly pods: readonly { readonly spec?: { readonly nodeName?: string }; readonly status?: { readonly phase?: string } }[]
}

/** How many more Pods the nodes take that take any, by the `maxPods` of their kubelets. */
export function roomForPods({ nodes, pods }: Room): number {
  const isTaken = ({ spec = {} }: Room['nodes'][number]) =>
    spec.unschedulable !== true && !(spec.taints ?? []).some(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute')
  return nodes.filter(isTaken).reduce((room, { metadata, status }) => {
    const here = pods.filter(
      ({ spec, status: of }) => spec?.nodeName === metadata.name && of?.phase !== 'Succeeded' && of?.phase !== 'Failed',
    )
    return room + Math.max(0, Number(status?.allocatable?.pods ?? 0) - here.length)
  }, 0)
}

/** How much faster than its size something may grow and still count as linear: twice the Pods, at most 2.2 times the time. */
const linearExponent = Math.log2(2.2)

/** How a figure grows from one size to a larger one: 1 is linear, 2 is quadratic; undefined where one of them is not known. */
export function exponentOf(
  [smaller, larger]: readonly [GrowthPoint, GrowthPoint],
  figure: 'seconds' | 'removedSeconds' | 'requests' | 'apiServerMegabytes' | 'runnerMegabytes',
): number | undefined {
  const [from, to] = [smaller[figure], larger[figure]]
  if (from === undefined || to === undefined || from <= 0 || to <= 0) return undefined
  return Math.log(to / from) / Math.log(larger.pods / smaller.pods)
}

/** A sentence for each figure: that it grows no faster than the number of Pods, or between which sizes it does. */
export function growthSentences(points: readonly GrowthPoint[]): readonly string[] {
  const figures = { seconds: 'Seconds until Ready', removedSeconds: 'Seconds until removed', requests: 'Requests' } as const
  const steps = points.slice(1).flatMap((larger, place) => {
    const smaller = points[place]
    return smaller === undefined ? [] : [[smaller, larger] as const]
  })
  return Object.entries(figures).map(([figure, name]) => {
    const faster = steps.flatMap((step) => {
      const exponent = exponentOf(step, figure as keyof typeof figures)
      return exponent !== undefined && exponent > linearExponent
        ? [`between ${step[0].pods} and ${step[1].pods} Pods with the power ${exponent.toFixed(2)}`]
        : []
    })
    if (steps.length === 0) return `${name}: one size tells nothing of growth.`
    return faster.length === 0
      ? `${name} grow no faster than the number of Pods.`
      : `${name} grow faster than the number of Pods: ${faster.join(', ')}.`
  })
}
