/** Ordinal of a Pod in a StatefulSet, or undefined when the name is not one that the StatefulSet gives. */
export function ordinalOf(statefulSet: string, pod: string): number | undefined {
  const rest = pod.startsWith(`${statefulSet}-`) ? pod.slice(statefulSet.length + 1) : ''
  return /^\d+$/u.test(rest) ? Number(rest) : undefined
}
