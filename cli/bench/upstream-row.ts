import { stripVTControlCharacters } from 'node:util'

/** Specs of upstream's e2e about StatefulSets that need no default StorageClass, and the guarantees that judge the same sentences. */
export const upstreamRow: readonly { readonly spec: string; readonly ours: readonly string[] }[] = [
  {
    spec: 'Scaling should happen in predictable order and halt if any stateful pod is unhealthy',
    ours: [
      'statefulset/ordered-startup',
      'statefulset/ordered-termination',
      'statefulset/scale-up-waits-for-ready-pods',
      'statefulset/scale-down-waits-for-ready-pods',
    ],
  },
  { spec: 'Burst scaling should run to completion even with unhealthy pods', ours: ['statefulset/parallel-pod-management'] },
  { spec: 'should implement legacy replacement when the update strategy is OnDelete', ours: ['updates/on-delete'] },
  { spec: 'should perform canary updates and phased rolling updates of template modifications [Conformance]', ours: ['updates/partition'] },
]

/** The pattern by which Ginkgo picks these specs and no others. */
export function focusOf(specs: readonly string[]): string {
  const quoted = specs.map((spec) => spec.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`))
  return `StatefulSet.*(${quoted.join('|')})`
}

/** How many specs Ginkgo says that it ran and how many of them passed, from the last lines of its output. Throws where it does not say. */
export function ranSpecs(output: string): { readonly ran: number; readonly passed: number } {
  const plain = stripVTControlCharacters(output)
  const [ran, passed] = [/^Ran (\d+) of \d+ Specs? in /mu, /^(?:SUCCESS!|FAIL!) -- (\d+) Passed/mu].map((line) => line.exec(plain)?.[1])
  if (ran === undefined || passed === undefined) throw new Error("Upstream's e2e did not say what it ran.")
  return { ran: Number(ran), passed: Number(passed) }
}
