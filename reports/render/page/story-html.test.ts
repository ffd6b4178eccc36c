import { expect, test } from 'vitest'
import { chapter, historyOf } from '../../testing/example-history.ts'
import { roundTrip } from '../../testing/example-round-trip.ts'
import { chaptersOf } from '../../model/story.ts'
import { markupText } from '../markup.ts'
import { storyHtml } from './story-html.ts'

const tree = '3f78c1d0a9e64b52871fd3c05be1947a6c2d88e07f31b5a4960c1e2d7f8843ab'
const textOf = (...given: Parameters<typeof storyHtml>) => markupText(storyHtml(...given))
const subject = { kind: 'PersistentVolumeClaim', name: 'data' }

/** A story as a reader sees it, without its markup. */
function read(html: string): string {
  return html.replaceAll(/<\/(?:li|tr|p|h4|h5|time)>/g, '\n').replaceAll(/<[^>]+>/g, ' ')
}

function factsOf(...factSets: readonly Readonly<Record<string, string | number>>[]): string {
  return textOf(chaptersOf(historyOf(factSets.map((facts, at) => [at, chapter('Told', subject, { text: '', facts })]))))
}

test('chapters stand in order, with both times', () => {
  const html = textOf(chaptersOf(roundTrip()))
  const headings = [...html.matchAll(/<span class="number">(\d)<\/span><h5>([^<]+)/g)].map(([, number, heading]) => `${number} ${heading}`)
  expect(headings).toEqual(['1 Written', '2 Backed up', '3 Destroyed', '4 Restored', '5 Compared'])
  expect(read(html)).toContain('9.9 s after the start')
  expect(read(html)).toContain('16.4 s after the start, 6.5 s after chapter 1')
})

test('a story of nothing is nothing', () => {
  expect(textOf([])).toBe('')
})

test('bytes are readable and exact, counts have separators, seconds a unit', () => {
  const facts = { files: 1000, bytes: 104_857_600, 'bytes in the bucket': 71_303_413, 'bytes lost': 0, 'byte size': 512, seconds: 6.6 }
  expect(
    read(factsOf(facts))
      .split('\n')
      .map((line) => line.replaceAll(/ +/g, ' ').trim()),
  ).toEqual(
    expect.arrayContaining([
      'files 1,000',
      'bytes 100 MiB (104,857,600 bytes)',
      'bytes in the bucket 68.0 MiB (71,303,413 bytes)',
      'bytes lost 0',
      'byte size 512',
      'seconds 6.6 s',
    ]),
  )
})

test('a digest is whole in its title and in its text, where style alone cuts it', () => {
  expect(factsOf({ 'sha-256': tree, image: `sha256:${tree}` })).toContain(`<code class="digest" title="${tree}">${tree}</code>`)
  expect(factsOf({ image: `sha256:${tree}` })).toContain(`<code class="digest" title="sha256:${tree}">sha256:${tree}</code>`)
  expect(factsOf({ note: 'deadbeef' })).not.toContain('<code')
})

test('a digest, or another identity by the same name, is compared with the chapters before', () => {
  expect(factsOf({ tree }, {}, { found: tree })).toContain('the same as in chapter 1')
  expect(factsOf({ tree }, { tree: 'a0'.repeat(32) })).toContain('differs from chapter 1')
  expect(factsOf({ uid: 'one' }, { uid: 'two' }, { uid: 'two' })).toMatch(/differs from chapter 1[^]*the same as in chapter 2/)
  expect(factsOf({ files: 1 }, { files: 2 })).not.toContain('the same as')
  expect(factsOf({ tree })).not.toContain('the same as')
})

test('everything is escaped', () => {
  const evil = '"><script>alert(1)</script>&\''
  const html = textOf(
    chaptersOf(historyOf([[0, chapter(evil, { kind: evil, name: evil, namespace: evil }, { text: evil, facts: { [evil]: evil } })]])),
  )
  expect(html).not.toContain('<script')
  expect(html.match(/&quot;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;&amp;&#39;/g)).toHaveLength(9)
})
