import type { GrowthPoint } from './growth-figures.ts'

const [width, height, left, top, bottom] = [320, 200, 56, 32, 28]

const charts = {
  seconds: 'Seconds until all are Ready',
  removedSeconds: 'Seconds until all is removed',
  requests: 'Requests to the API server',
  apiServerMegabytes: 'Memory of the API server, MB',
  runnerMegabytes: 'Memory of the runner, MB',
} as const

type Figure = keyof typeof charts

function chartOf(figure: Figure, points: readonly GrowthPoint[], place: number): string {
  const known = points.flatMap((point) => {
    const value = point[figure]
    return value === undefined ? [] : [{ pods: point.pods, value }]
  })
  const [mostPods, most] = [Math.max(1, ...points.map(({ pods }) => pods)), Math.max(1, ...known.map(({ value }) => value))]
  const x = (pods: number) => (left + (pods / mostPods) * (width - left - 24)).toFixed(1)
  const y = (value: number) => (height - bottom - (value / most) * (height - top - bottom)).toFixed(1)
  const ends = known.at(-1)
  // What is linear lies on this line.
  const straight = ends === undefined ? '' : `<path class="straight" d="M${x(0)} ${y(0)}L${x(ends.pods)} ${y(ends.value)}"/>`
  const line = `<path class="line" d="${known.map(({ pods, value }, index) => `${index === 0 ? 'M' : 'L'}${x(pods)} ${y(value)}`).join('')}"/>`
  const dots = known.map(({ pods, value }) => {
    const text = Number.isInteger(value) ? String(value) : value.toFixed(1)
    return `<circle cx="${x(pods)}" cy="${y(value)}" r="3"/><text x="${x(pods)}" y="${Number(y(value)) - 7}" text-anchor="middle">${text}</text>`
  })
  const ticks = points.map(({ pods }) => `<text x="${x(pods)}" y="${height - bottom + 16}" text-anchor="middle">${pods}</text>`)
  const axis = `<path class="axis" d="M${left} ${top}V${height - bottom}H${width - 16}"/>`
  const title = `<text class="title" x="${left}" y="16">${charts[figure]}</text>`
  return `<g transform="translate(${(place % 2) * width} ${Math.floor(place / 2) * height})">${title}${axis}${straight}${line}${dots.join('')}${ticks.join('')}</g>`
}

/** Draws what StatefulSets of several sizes took: a chart for each figure, with the line on which what is linear lies. */
export function growthSvg(points: readonly GrowthPoint[]): string {
  const figures = Object.keys(charts) as Figure[]
  const whole = `0 0 ${2 * width} ${Math.ceil(figures.length / 2) * height}`
  const style =
    'text{font:11px sans-serif;fill:#333}.title{font-size:13px;font-weight:bold}path{fill:none}.axis{stroke:#888}.line{stroke:#0b57d0;stroke-width:2}.straight{stroke:#aaa;stroke-dasharray:4 4}circle{fill:#0b57d0}'
  const groups = figures.map((figure, place) => chartOf(figure, points, place))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${whole}" role="img" aria-label="Growth with the number of Pods"><style>${style}</style>${groups.join('')}</svg>\n`
}
