/** A number with its noun, which is given in the plural: `2 pages`, `1 page`; of `strangers and pages`, one is `1 stranger or page`. */
export function counted(count: number, plural: string): string {
  if (count !== 1) return `${count} ${plural}`
  const singular = plural.split(' and ').map((noun) => noun.replace(/s$/u, ''))
  return `1 ${singular.join(' or ')}`
}
