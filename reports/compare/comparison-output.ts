import type { Comparison } from './comparison.ts'
import type { ComparisonFormat } from './comparison-format.ts'
import { comparisonMarkdown } from './comparison-markdown.ts'
import { comparisonPage } from './comparison-page.ts'
import { comparisonText } from './comparison-text.ts'

/** A comparison in one of its forms, with a line break at its end. */
export function written(comparison: Comparison, format: ComparisonFormat): string {
  switch (format) {
    case 'text':
      return `${comparisonText(comparison).join('\n')}\n`
    case 'markdown':
      return comparisonMarkdown(comparison)
    case 'json':
      return `${JSON.stringify(comparison, null, 2)}\n`
    case 'html':
      return comparisonPage(comparison)
  }
}
