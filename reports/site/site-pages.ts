import { hash } from 'node:crypto'
import { reportSchema } from '../schemas.ts'
import { badgeOf, badgeText, shieldsText } from './badge.ts'
import { comparePage } from './compare-page.ts'
import { feedText } from './feed.ts'
import { guaranteeHistories } from './guarantee-history.ts'
import { guaranteePages } from './guarantee-pages.ts'
import { indexPage } from './index-page.ts'
import { siteFile, siteIndexText } from './site-index.ts'
import { byDate, byPlatform, type SiteRun } from './site-run.ts'
import { verdictTable } from './verdict-table.ts'

/**
 * All files of a site beside its runs, by path: a function of the runs and nothing else. `site.json` is the last, and lists the digests of
 * the others.
 */
export function sitePages(unordered: readonly SiteRun[]): ReadonlyMap<string, string> {
  const runs = byDate(unordered)
  const histories = guaranteeHistories(runs)
  const table = verdictTable(runs)
  const schema = reportSchema()
  const pages = new Map([
    // GitHub Pages is to serve the files as they are.
    ['.nojekyll', ''],
    ['index.html', indexPage(runs, histories.length)],
    ['compare.html', comparePage(runs, table)],
    ...guaranteePages(histories),
    ...badges(runs),
    ['feed.xml', feedText(runs)],
    ['verdicts.json', `${JSON.stringify(table)}\n`],
    [schema.file, schema.text],
  ])
  const digests = Object.fromEntries([...pages].map(([path, text]) => [path, hash('sha256', text)]))
  return pages.set(siteFile, siteIndexText(runs, digests))
}

function badges(runs: readonly SiteRun[]): readonly (readonly [string, string])[] {
  const newest = [['newest', runs.at(-1)] as const, ...byPlatform(runs).map((each) => [each.platform.name, each.runs.at(-1)] as const)]
  return newest.flatMap(([name, run]) => {
    if (run === undefined) return []
    const badge = badgeOf(run)
    return [
      [`badges/${name}.svg`, badgeText(badge)],
      [`badges/${name}.json`, shieldsText(badge)],
    ] as const
  })
}
