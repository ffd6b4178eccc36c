import { escapeMarkup } from './escape-markup.ts'

const text = Symbol('markup')

/** HTML, SVG or XML that is safe to be written: only `markup` makes it. */
export interface Markup {
  readonly [text]: string
}

/** What may stand in a template: text is escaped, markup stands as it is, a list stands one after the other, undefined is nothing. */
export type MarkupValue = string | number | undefined | Markup | readonly MarkupValue[]

/** Template for HTML, SVG and XML: whatever is put in is escaped, unless it is markup already. Attributes must be quoted. */
export function markup(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return { [text]: parts.map((part, index) => `${index === 0 ? '' : written(values[index - 1])}${part}`).join('') }
}

/** The text of markup, for a file. */
export function markupText(value: MarkupValue): string {
  return written(value)
}

/** A link to a web page; the text alone where the address is not one of the web, for a browser would run some of those. */
export function webLink(address: string, label: MarkupValue = address): Markup {
  return /^https?:\/\//i.test(address) ? markup`<a href="${address}">${label}</a>` : markup`${label}`
}

function written(value: MarkupValue): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return escapeMarkup(value)
  if (typeof value === 'number') return String(value)
  return isList(value) ? value.map(written).join('') : value[text]
}

function isList(value: Markup | readonly MarkupValue[]): value is readonly MarkupValue[] {
  return Array.isArray(value)
}
