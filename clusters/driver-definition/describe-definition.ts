import type { DriverDefinition } from './definition.ts'
import { otherCapabilities } from './features.ts'
import { definedAccessModes, definedTimes } from './limits.ts'

/** What a definition says besides features, in lines for whoever starts a run: what no guarantee depends on, and what is left aside. */
export function describeDefinition(definition: DriverDefinition): readonly string[] {
  const { file, driver, sizes, retired, clientNodeName, nodeSelectors } = definition
  const modes = definedAccessModes(definition).flatMap(({ mode, isThere }) => (isThere ? [mode] : []))
  const times = Object.entries(definedTimes(definition)).map(([act, { seconds, from }]) => `${act} ${seconds} s (${from})`)
  const others = otherCapabilities(definition).map(({ capability, value }) => (value ? capability : `no ${capability}`))
  const placed = [
    ...(clientNodeName === undefined ? [] : ['ClientNodeName']),
    ...(Object.keys(nodeSelectors).length > 0 ? ['NodeSelectors'] : []),
  ]
  const to = sizes.max === undefined ? '' : ` to ${sizes.max.text}`
  return [
    `Driver ${driver} by ${file}: ${modes.join(', ') || 'no access mode'}; volumes from ${sizes.min.text}${to}.`,
    ...(times.length > 0 ? [`Times that it allows: ${times.join(', ')}.`] : []),
    ...(others.length > 0 ? [`No guarantee depends on these capabilities: ${others.join(', ')}.`] : []),
    ...(placed.length > 0 ? [`Pods of suites are not placed by ${placed.join(' and ')}.`] : []),
    ...(retired.length > 0 ? [`Kubernetes does not read ${retired.join(', ')} any more.`] : []),
  ]
}
