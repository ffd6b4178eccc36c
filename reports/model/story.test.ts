import { expect, test } from 'vitest'
import { inWords } from '../render/text/current-step.ts'
import { chapter, historyOf, measurement, orderedStartup, pod } from '../testing/example-history.ts'
import { roundTrip } from '../testing/example-round-trip.ts'
import { chaptersOf } from './story.ts'
import { chapterFlags, measurementFlags } from '../render/timeline/timeline-flags.ts'

const subject = { kind: 'Backup', name: 'first' }

test('a round trip is told in five chapters, with the seconds between them', () => {
  const chapters = chaptersOf(roundTrip())
  expect(
    chapters.map(({ heading, secondsSinceStart, secondsSincePrevious }) => [heading, secondsSinceStart, secondsSincePrevious]),
  ).toEqual([
    ['Written', 9.9, 9.9],
    ['Backed up', 16.4, 6.5],
    ['Destroyed', 22.3, 5.9],
    ['Restored', 34.6, 12.3],
    ['Compared', 38.2, 3.6],
  ])
  expect(chapters[0]?.facts).toMatchObject({ files: 1000, bytes: 104_857_600, seconds: 6.571 })
  expect(chapters[0]?.subject).toEqual({ kind: 'PersistentVolumeClaim', name: 'data', namespace: 'hf-demo' })
  expect(roundTrip()[chapters[1]?.entry ?? 0]).toMatchObject({ type: 'measurement', label: 'Backed up' })
})

test('seconds count from the first entry, not from the first chapter', () => {
  const history = historyOf([
    [2, pod('web-0', 'Pending')],
    [5, chapter('Written', subject, { text: 'Written.', facts: {} })],
  ])
  expect(chaptersOf(history)[0]).toMatchObject({ secondsSinceStart: 3, secondsSincePrevious: 3, at: '2026-11-21T10:00:05.000Z' })
})

test('a history without chapters tells no story', () => {
  expect(chaptersOf(orderedStartup())).toEqual([])
})

test.each([[{ text: 'no facts' }], [{ text: 'a fact of another type', facts: { healthy: true } }], ['only text']])(
  'a chapter in another form is kept and says so: %j',
  (value) => {
    const history = historyOf([
      [0, pod('web-0', 'Pending')],
      [1, { ...measurement('chapter', 'Written', value) }],
    ])
    const [shown] = chaptersOf(history)
    expect(shown).toMatchObject({ heading: 'Written', facts: {}, text: 'Entry 1 of the history is not in the form of a chapter.' })
  },
)

test('chapters are numbered flags of the timeline, and no measurements', () => {
  expect(chapterFlags(roundTrip()).map(({ at, label }) => [at, label])).toEqual([
    [9.9, '1 Written'],
    [16.4, '2 Backed up'],
    [22.3, '3 Destroyed'],
    [34.6, '4 Restored'],
    [38.2, '5 Compared'],
  ])
  expect(measurementFlags(roundTrip())).toEqual([])
})

test('a running suite shows the heading of the chapter it told last', () => {
  const shown = roundTrip().at(-1)
  expect(shown && inWords(shown)).toBe('chapter Compared')
})
