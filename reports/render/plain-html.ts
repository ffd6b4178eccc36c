import type { ConformanceReport } from '../model/conformance-report.ts'
import { escapeMarkup } from './escape-markup.ts'
import { guaranteeHtml } from './guarantee-html.ts'
import { overviewBody, overviewStyle } from './overview-html.ts'

/** The page for readers without scripts: the overview, then every guarantee with its reasons and its story. For a body; escapes everything. */
export function plainHtml(report: ConformanceReport): string {
  const sections = report.guarantees.map(
    (guarantee) => `<section><h2>${escapeMarkup(guarantee.id)}</h2>\n${guaranteeHtml(guarantee, { ledger: report.ledger })}</section>`,
  )
  const style = `${overviewStyle}\n#allure-app-loader{display:none}section{border-top:1px solid #e3e8ee}`
  return `<style>${style}</style>\n${overviewBody(report)}\n${sections.join('\n')}`
}
