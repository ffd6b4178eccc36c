import { hash } from 'node:crypto'
import { type Markup, markup, markupText } from './markup.ts'

/** A page as a file of its own. */
export interface HtmlDocument {
  readonly title: string
  readonly style: Markup
  readonly body: Markup
  /** Links in the head, such as to a feed. */
  readonly links?: Markup
  /** The program of the page and the data that it reads, as JSON; none when left out. */
  readonly program?: { readonly code: string; readonly data?: unknown }
}

/**
 * Writes a page. Its content security policy allows the style and the program that are in it, by their digests, and nothing else: no
 * request, no frame, no form. The program finds its data in the element `data`. Throws when the program would end its own element.
 */
export function htmlDocument({ title, style, body, links = markup``, program }: HtmlDocument): string {
  const styleText = markupText(style)
  const policy = [
    "default-src 'none'",
    `style-src ${allowed(styleText)}`,
    ...(program === undefined ? [] : [`script-src ${allowed(program.code)}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const head = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${links}<style>${style}</style>
</head>
<body>
${body}
`
  return `${markupText(head)}${program === undefined ? '' : programText(program)}</body>
</html>
`
}

function programText({ code, data }: NonNullable<HtmlDocument['program']>): string {
  if (/<\/script|<!--/i.test(code)) throw new Error('The program of a page holds the end of its own element.')
  const read =
    data === undefined ? '' : `<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>\n`
  return `${read}<script>${code}</script>
`
}

function allowed(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`
}
