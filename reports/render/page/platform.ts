import type { ConformanceReport } from '../../model/conformance-report.ts'
import { type Markup, markup } from '../markup.ts'

type Platform = NonNullable<ConformanceReport['cluster']['platform']>

const ways = {
  api: 'the API says so',
  probe: 'tried',
  definition: 'by the definition of the driver',
  '--declare': 'declared',
  '--undeclare': 'undeclared',
} as const

/** How each feature of a cluster is known, and the sizes and times that checks go by. Undefined where nothing was found out. */
export function platformHtml({ evidence = [], sizes, times = {}, probeSeconds }: Platform): Markup | undefined {
  if (evidence.length === 0) return undefined
  const rows = evidence.map(
    ({ feature, isThere, by, seen, seconds }) => markup`<tr><td>${feature}</td><td>${isThere ? 'yes' : 'no'}</td><td>${ways[by]}</td>
<td>${seen}</td><td class="number">${seconds === undefined ? '' : `${seconds.toFixed(1)} s`}</td></tr>
`,
  )
  const facts: readonly (readonly [string, string])[] = [
    ...(sizes === undefined
      ? []
      : [
          [
            'Sizes of volumes',
            `smallest ${sizes.smallest}, in steps of ${/^[0-9]+$/.test(sizes.step) ? `${sizes.step} bytes` : sizes.step}: ${sizes.from}`,
          ] as const,
        ]),
    ...Object.entries(times).map(([act, { seconds, kind, from }]) => [`Time to ${act}`, `${seconds} s, ${kind} by ${from}`] as const),
    ...(probeSeconds === undefined ? [] : [['All probes together', `${probeSeconds} s`] as const]),
  ]
  return markup`<table class="rows"><thead><tr><th>feature</th><th>there</th><th>known how</th><th>what was seen</th><th>time</th></tr></thead><tbody>
${rows}</tbody></table>
<dl class="facts">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}
