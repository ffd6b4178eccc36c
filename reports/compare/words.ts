import { counted } from '../../contract/counted.ts'
import { type Change, changesOf } from './change.ts'
import type { Comparison, Difference, DurationChange, Side, StatementChange, VerdictChange, VerdictOfSide } from './comparison.ts'
import { brokenInWords } from './known-words.ts'

/** Said of a guarantee whose sentence or level changed. */
export const restated = 'Its sentence or level is not the same on both sides: Holdfast itself judged otherwise.'

/** The runs of a side in one line: `Kubernetes v1.36.3, csi-hostpath.holdfast.dev, profile full: 20261127-051232-1d09`. */
export function sideInWords({ runs }: Side): string {
  const platforms = runs.map(({ kubernetes, driver, profile }) =>
    [`Kubernetes ${kubernetes}`, driver, ...(profile === undefined ? [] : [`profile ${profile}`])].join(', '),
  )
  return `${[...new Set(platforms)].join('; ')}: ${runs.map(({ id }) => id).join(', ')}`
}

/** The answer: what is worse, what of it is known, and how many entries of the known failures are no longer true. */
export function answerOf(comparison: Comparison): string {
  const worse = changesOf(comparison).filter(({ direction }) => direction === 'worse')
  const counts = worse.filter(({ isKnown }) => !isKnown)
  const known = worse.filter(({ isKnown }) => isKnown)
  const nothing = known.length === 0 ? 'Nothing is worse.' : `Nothing is worse but what is known: ${kindsOf(known)}.`
  const something = [`Worse: ${kindsOf(counts)}.`, ...(known.length === 0 ? [] : [`Known: ${kindsOf(known)}.`])]
  return [...(counts.length === 0 ? [nothing] : something), ...brokenInWords(comparison)].join(' ')
}

/** How many changes of which kind: `2 guarantees, 1 statement of the ledger`. */
function kindsOf(changes: readonly Change[]): string {
  const kinds = [
    ['guarantee', 'guarantees'],
    ['statement', 'statements of the ledger'],
    ['duration', 'durations'],
  ] as const
  const parts = kinds.flatMap(([kind, plural]) => {
    const count = changes.filter((change) => change.of === kind).length
    return count === 0 ? [] : [count === 1 ? `1 ${plural.replace(/s(?= of|$)/, '')}` : `${count} ${plural}`]
  })
  return parts.join(', ')
}

/** How many guarantees were compared, and what came out of it. */
export function totalsInWords({ totals }: Comparison): string {
  const { compared, same, worse, better, neither, flaky, onlyBefore, onlyAfter } = totals
  return [
    `${counted(compared, 'guarantees')} compared: ${same} with the same verdict`,
    ...(worse === 0 ? [] : [`${worse} worse`]),
    ...(better === 0 ? [] : [`${better} better`]),
    ...(neither === 0 ? [] : [`${neither} neither better nor worse`]),
    ...(flaky === 0 ? [] : [`${flaky} flaky`]),
    ...(onlyBefore === 0 ? [] : [`${onlyBefore} only before`]),
    ...(onlyAfter === 0 ? [] : [`${onlyAfter} only after`]),
  ].join(', ')
}

/** A verdict; of a flaky one how often which: `flaky: 2 Passed, 1 Failed`. */
export function verdictInWords({ verdict, runs }: VerdictOfSide): string {
  const counts = Object.entries(runs).map(([name, count]) => `${count} ${name}`)
  return verdict === 'flaky' ? `flaky (${counts.join(', ')})` : verdict
}

/** Changed verdicts under the heading that says what they mean, those that need a reader first. */
export function groupsOf({ verdicts }: Comparison): readonly { readonly title: string; readonly changes: readonly VerdictChange[] }[] {
  const titles = ['Worse', 'Worse and known', 'No longer supported', 'Better', 'Newly supported', 'Neither better nor worse'] as const
  const groups = Map.groupBy(verdicts, titleOf)
  return titles.flatMap((title) => {
    const changes = groups.get(title)
    return changes === undefined ? [] : [{ title, changes }]
  })
}

function titleOf({ direction, before, after, known }: VerdictChange) {
  if (after.verdict === 'NotSupported') return 'No longer supported'
  if (direction === 'worse') return known === undefined ? 'Worse' : 'Worse and known'
  if (before.verdict === 'NotSupported') return 'Newly supported'
  return direction === 'better' ? 'Better' : 'Neither better nor worse'
}

/** Where two histories part, as a sentence and what each had next; undefined where they were not laid side by side. */
export function partingInWords({
  parting,
}: VerdictChange): { readonly sentence: string; readonly next: readonly (readonly [string, string])[] } | undefined {
  if (parting === undefined) return undefined
  const { by, last, next, runs } = parting
  const place = (moment: { readonly entry: number; readonly seconds: number }) => `entry ${moment.entry}, +${moment.seconds.toFixed(1)} s`
  const has = (side: 'before' | 'after') => {
    const moment = next[side]
    const only = by === `only ${side}` || by === 'both' ? ` (never ${side === 'before' ? 'after' : 'before'})` : ''
    return moment === undefined ? 'nothing more' : `${place(moment)}: ${moment.what}${only}`
  }
  const from =
    last === undefined ? 'from the start' : `after ${place(last.before)} before, and ${place(last.after)} after: ${last.before.what}`
  return {
    sentence: `The histories part ${from}.${by === 'order' ? ' Then the same comes in another order.' : ''}`,
    next: [
      [`before (${runs.before})`, has('before')],
      [`after (${runs.after})`, has('after')],
    ],
  }
}

/** The seconds of a side: of several runs the median and the range. */
export function rangeInWords({ median, least, most, runs }: DurationChange['before']): string {
  return runs === 1 ? `${median.toFixed(1)} s` : `${median.toFixed(1)} s (${least.toFixed(1)} to ${most.toFixed(1)}, ${runs} runs)`
}

/** Which way a duration changed. */
export function speedInWords(direction: DurationChange['direction']): string {
  return direction === 'worse' ? 'slower' : 'faster'
}

/** Of the ledger: the id of an entry, and the key of its clause where one is meant. */
export function statementName({ id, clause }: StatementChange): string {
  return clause === undefined ? id : `${id} (${clause})`
}

/** What became of a statement after, and why not more. */
export function afterInWords({ after, why }: StatementChange): string {
  return why === undefined ? after : `${after}: ${why}`
}

/** How many durations were compared, and how much slower or faster one side was as a whole. */
export function slownessInWords({ durations: { slowness, compared } }: Comparison): string {
  if (compared === 0) return 'No guarantee Passed in all runs of both sides.'
  const [who, took] = compared === 1 ? ['1 guarantee', 'it'] : [`${compared} guarantees`, 'they']
  const times = `${slowness.toFixed(2)} times as long${compared === 1 ? '' : ', in the median'}`
  return `${who} Passed in all runs of both sides. After, ${took} took ${times}.`
}

/** Differences of the platform by area, each as text; of many those that both sides have come first and the rest is counted. */
export function platformByArea(
  { platform }: Comparison,
  { most }: { readonly most: number },
): readonly { readonly area: Difference['area']; readonly lines: readonly string[]; readonly more: string | undefined }[] {
  return [...Map.groupBy(platform, ({ area }) => area)].map(([area, all]) => {
    const changed = all.filter(({ before, after }) => before !== undefined && after !== undefined)
    const others = all.filter((each) => !changed.includes(each))
    const shown = all.length <= most ? all : changed.slice(0, most)
    const left = all.filter((each) => !shown.includes(each))
    const gone = left.filter((each) => others.includes(each) && each.after === undefined).length
    const parts = [
      [left.length - left.filter((each) => others.includes(each)).length, 'changed'],
      [gone, 'only before'],
      [left.filter((each) => others.includes(each)).length - gone, 'only after'],
    ] as const
    const more = parts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`])).join(', ')
    return { area, lines: shown.map(differenceInWords), more: left.length === 0 ? undefined : more }
  })
}

/** One difference: `csi-resizer: v2.1.0 → v2.2.0`. */
export function differenceInWords({ name, before = 'none', after = 'none' }: Difference): string {
  return `${name}: ${before} → ${after}`
}
