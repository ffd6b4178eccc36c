import { expect, test } from 'vitest'
import { readKnownFailures } from './read-known-failures.ts'

const good = `# What we know.
knownFailures:
  - guarantee: statefulset/ordered-startup
    verdict: Failed
    reason: Pod hf-*/web-1 was created
    why: The driver answers late.
    link: https://example.com/issues/1
    owner: storage team
    expires: 2026-12-31
    when:
      kubernetes: 1.40
      features: [Zones]
`

/** Each mistake in a line, of the good file with a line replaced. */
function mistakesIn(from: string | RegExp, to: string): readonly string[] {
  const text = good.replace(from, to)
  expect(text).not.toBe(good)
  return linesOf(text)
}

function linesOf(text: string): readonly string[] {
  const read = readKnownFailures(text, { features: ['Zones', 'BlockVolumes'] })
  return 'mistakes' in read ? read.mistakes.map(({ line, sentence, fix }) => `${line}: ${sentence} ${fix}`) : []
}

test('an entry has all of its fields and the line on which it begins', () => {
  expect(readKnownFailures(good)).toEqual({
    entries: [
      {
        guarantee: 'statefulset/ordered-startup',
        verdict: 'Failed',
        reason: 'Pod hf-*/web-1 was created',
        why: 'The driver answers late.',
        link: 'https://example.com/issues/1',
        owner: 'storage team',
        expires: '2026-12-31',
        when: { kubernetes: '1.40', features: ['Zones'] },
        line: 3,
      },
    ],
  })
  expect(readKnownFailures('knownFailures: []')).toEqual({ entries: [] })
})

test.each<[string | RegExp, string, string]>([
  [
    'owner: storage team',
    'ownr: storage team',
    '3: The entry of statefulset/ordered-startup has no owner. Write who sees to it that it ends.',
  ],
  [
    'owner: storage team',
    "owner: ''",
    '8: The entry of statefulset/ordered-startup has an empty owner. Write who sees to it that it ends.',
  ],
  ['owner: storage team', 'owner:', '8: The entry of statefulset/ordered-startup has an empty owner. Write who sees to it that it ends.'],
  ['owner: storage team', 'owner: 7', '8: The entry of statefulset/ordered-startup has 7 for owner. Write who sees to it that it ends.'],
  [
    ...(['https://example.com/issues/1', 'issue 1'] as const),
    '7: The entry of statefulset/ordered-startup has "issue 1" for link. Write the address where it is worked on, such as https://example.com/issues/1.',
  ],
  [
    ...(['2026-12-31', '2026-02-30'] as const),
    '9: The entry of statefulset/ordered-startup has "2026-02-30" for expires. Write the last day on which it is accepted, in UTC, such as 2026-12-31.',
  ],
  [
    'verdict: Failed',
    'verdict: Passed',
    '4: The entry of statefulset/ordered-startup has "Passed" for verdict. Write Failed or Inconclusive.',
  ],
  [
    ...(['guarantee: statefulset/ordered-startup', 'guarantee: statefulset/*'] as const),
    '3: The entry of statefulset/* has "statefulset/*" for guarantee. Write the id of a guarantee, such as statefulset/ordered-startup.',
  ],
  [
    ...(['reason: Pod hf-*/web-1 was created', 'reason: "*"'] as const),
    '5: The entry of statefulset/ordered-startup has "*" for reason. Write a part of the first cause, in which * stands for any text.',
  ],
  [
    ...(['kubernetes: 1.40', 'kubernetes: ^1.40'] as const),
    '11: The condition "when" of the entry of statefulset/ordered-startup has "^1.40" for kubernetes. Write a version such as "1.36", or bounds such as ">=1.35 <1.38"; "||" stands between alternatives.',
  ],
  [
    ...(['features: [Zones]', 'feature: [Zones]'] as const),
    '12: The condition "when" of the entry of statefulset/ordered-startup has the unknown key feature. Did you mean features? Use only kubernetes, driver, subject, storageClass, profile, features, lacking.',
  ],
  [
    ...(['features: [Zones]', 'features: [Zone]'] as const),
    '12: The condition "when" of the entry of statefulset/ordered-startup names the unknown feature Zone. Did you mean Zones? Choose from BlockVolumes, Zones.',
  ],
  [
    ...(['features: [Zones]', 'features: Zones'] as const),
    '12: The condition "when" of the entry of statefulset/ordered-startup has "Zones" for features. Write a list of features.',
  ],
  [
    ...(['features: [Zones]', 'features: [1]'] as const),
    '12: The condition "when" of the entry of statefulset/ordered-startup has [1] for features. Write a list of features.',
  ],
  ['knownFailures:', 'failures:', '1: The file has no knownFailures. Write a list of entries, or [] where nothing is known.'],
])('%j in place of %j is a mistake', (from, to, mistake) => {
  expect(mistakesIn(from, to)).toContain(mistake)
})

test('every mistake is told, in the order of their lines', () => {
  const text = good.replace('owner:', 'ownr:').replace('2026-12-31', 'soon').replace('verdict: Failed', 'verdict: Broken')
  expect(linesOf(text).map((line) => line.slice(0, line.indexOf('.') + 1))).toEqual([
    '3: The entry of statefulset/ordered-startup has no owner.',
    '4: The entry of statefulset/ordered-startup has "Broken" for verdict.',
    '8: The entry of statefulset/ordered-startup has the unknown key ownr.',
    '9: The entry of statefulset/ordered-startup has "soon" for expires.',
  ])
})

test('an entry that says the same as another one is told', () => {
  const again = good.slice(good.indexOf('  - guarantee')).replace('storage team', 'others')
  expect(linesOf(`${good}${again}`)).toEqual([
    '13: The entry of statefulset/ordered-startup says the same as the one on line 3. Remove one of them.',
  ])
})

test.each([
  ['', '1: This is not a mapping of keys to values. Write knownFailures below it.'],
  ['- one', '1: This is not a mapping of keys to values. Write knownFailures below it.'],
  [
    'knownFailures:\n  - one',
    '2: This is not a mapping of keys to values. Write guarantee, verdict, reason, why, link, owner, expires, when below it.',
  ],
  ['knownFailures: {}', '1: The file has {} for knownFailures. Write a list of entries, or [] where nothing is known.'],
  ['knownFailures: []\nknownFailures: []', '2: This is not valid YAML: Map keys must be unique. Correct that line.'],
])('%j is no list of entries', (text, mistake) => {
  expect(linesOf(text)).toContain(mistake)
})
