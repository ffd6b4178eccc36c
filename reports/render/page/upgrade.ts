import { secondsOfStep, upgradeLine, type UpgradeSection } from '../../model/upgrade-section.ts'
import { type Markup, markup } from '../markup.ts'

/** What was upgraded, step by step with times, and the versions of each node and component before and after. */
export function upgradeHtml(upgrade: UpgradeSection): Markup {
  const { steps, stages, failure, mutant } = upgrade
  const [first, last] = [stages[0]?.before, stages.at(-1)?.after]
  const rows = steps.map((step) => {
    const { title, startedAt, log } = step
    const seconds = secondsOfStep(step)
    const time = seconds === undefined ? (startedAt === undefined ? 'not begun' : 'did not end') : `${seconds.toFixed(1)} s`
    return markup`<tr><td>${title}</td><td>${startedAt ?? ''}</td><td class="number">${time}</td><td>${log === undefined ? '' : markup`<code>${log}</code>`}</td></tr>
`
  })
  return markup`<p>${upgradeLine(upgrade)}.${mutant === undefined ? '' : ` Under the mutant ${mutant}.`}${failure === undefined ? '' : ` ${failure}`}</p>
<table class="rows"><thead><tr><th>step</th><th>begun</th><th>time</th><th>what it printed</th></tr></thead><tbody>
${rows}</tbody></table>
${first === undefined || last === undefined ? '' : versionsHtml(first, last)}`
}

type Versions = UpgradeSection['stages'][number]['before']

function versionsHtml(before: Versions, after: Versions): Markup {
  const ofNodes = after.nodes.map(({ node, kubelet }) => {
    const was = before.nodes.find((one) => one.node === node)
    return [`kubelet of ${node}`, was?.kubelet ?? '', kubelet] as const
  })
  const rows = [['API server', before.apiServer, after.apiServer] as const, ...ofNodes, ...imagesThatChanged(before, after)]
  return markup`<h3>Versions</h3>
<table class="rows"><thead><tr><th>component</th><th>before</th><th>after</th></tr></thead><tbody>
${rows.map(
  ([name, was, is]) => markup`<tr><td>${name}</td><td>${was}</td><td>${is}</td></tr>
`,
)}</tbody></table>`
}

/** Pods are made anew: what runs is told by container. */
function imagesThatChanged({ images: before }: Versions, { images: after }: Versions): readonly (readonly [string, string, string])[] {
  const byContainer = (images: Readonly<Record<string, string>>) =>
    Map.groupBy(Object.entries(images), ([place]) => place.split('/').at(-1) ?? place)
  const joined = (entries: readonly (readonly [string, string])[] = []) =>
    [...new Set(entries.map(([, image]) => image))].toSorted().join(', ')
  const [were, are] = [byContainer(before), byContainer(after)]
  return [...new Set([...were.keys(), ...are.keys()])]
    .toSorted()
    .map((container) => [container, joined(were.get(container)), joined(are.get(container))] as const)
    .filter(([, was, is]) => was !== is)
}
