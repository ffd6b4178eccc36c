import { documentStyle } from '../render/document-style.ts'
import { htmlDocument, type HtmlDocument } from '../render/html-document.ts'
import { type Markup, markup } from '../render/markup.ts'
import { durationStyle } from './duration-line.ts'

/** A page of a site. */
export interface SitePage extends Pick<HtmlDocument, 'title' | 'program'> {
  /** From the page to the root of the site: empty, or `../`. */
  readonly root: string
  readonly header: Markup
  readonly body: Markup
}

/** Writes a page of a site: its header, the links to the others, and what is on it. */
export function sitePage({ title, root, header, body, program }: SitePage): string {
  const links = [
    ['index.html', 'Runs'],
    ['guarantees/index.html', 'Guarantees'],
    ['compare.html', 'Compare'],
    ['feed.xml', 'Feed'],
  ].map(([path, label]) => markup`<li><a href="${root}${path}">${label}</a></li>`)
  return htmlDocument({
    title,
    style: markup`${documentStyle}${durationStyle}${siteStyle}`,
    links: markup`<link rel="alternate" type="application/atom+xml" title="Holdfast conformance reports" href="${root}feed.xml">
`,
    body: markup`<main>
<header>
<p class="kicker">Holdfast conformance reports</p>
${header}
</header>
<nav aria-label="Site"><ul>${links}</ul></nav>
${body}
</main>`,
    ...(program && { program }),
  })
}

/** What only pages of a site have: badges as pictures, and the choice of two runs. */
const siteStyle = markup`
.picture svg{display:block;max-width:100%;height:auto}td .picture{margin:0}
.choice{display:grid;grid-template-columns:80px 1fr;gap:8px 14px;align-items:center;margin:12px 0}.choice[hidden]{display:none}
select{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--quiet);border-radius:4px;padding:6px;width:100%;min-width:0}
.check>h2{margin-top:18px;padding-top:0;border:0}.check tr:last-child,.check tr:last-child td{border-bottom:0}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
@media (max-width:640px){.choice{grid-template-columns:1fr;gap:2px}}
`
