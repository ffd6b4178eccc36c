import { hash } from 'node:crypto'
import { markup, markupText } from '../render/markup.ts'
import { platformTitle, runTitle, selectionOf, verdictCounts } from './run-words.ts'
import type { SiteRun } from './site-run.ts'

/** Entries of the feed: more are on the pages. */
const entries = 50

/**
 * The Atom feed of a site (RFC 4287), the newest run first. Its links are relative, since a site does not know its address. A run has the
 * same id in every feed; the feed has one of the oldest run.
 */
export function feedText(runs: readonly SiteRun[]): string {
  const newest = runs.toReversed().slice(0, entries)
  const feed = markup`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>Holdfast conformance reports</title>
<id>${idOf(`feed ${runs[0]?.sha256 ?? ''}`)}</id>
<updated>${
    newest
      .map(({ endedAt }) => endedAt)
      .toSorted()
      .at(-1) ?? '1970-01-01T00:00:00Z'
  }</updated>
<author><name>Holdfast</name></author>
<link rel="alternate" type="text/html" href="index.html"/>
${newest.map(entryOf)}</feed>`
  return `${markupText(feed)}\n`
}

function entryOf(run: SiteRun) {
  const causes = run.guarantees.flatMap(({ id, verdict, cause }) =>
    verdict === 'Passed' ? [] : [`${id} ${verdict}: ${cause ?? 'no reason'}`],
  )
  const summary = [`${verdictCounts(run)} on ${platformTitle(run.platform)}, ${selectionOf(run)}.`, ...causes].join('\n')
  return markup`<entry>
<title>${run.result}: ${runTitle(run)}</title>
<id>${idOf(run.sha256)}</id>
<updated>${run.endedAt}</updated>
<link rel="alternate" type="text/html" href="runs/${run.name}/index.html"/>
<summary>${summary}</summary>
</entry>
`
}

/** A UUID of version 8 (RFC 9562) that is made of a digest of a text. */
function idOf(text: string): string {
  const hex = hash('sha256', text)
  const variant = ((Number.parseInt(hex.charAt(16), 16) % 4) + 8).toString(16)
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
