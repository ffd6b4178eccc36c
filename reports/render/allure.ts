import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { writeAllureResults } from './allure-results.ts'
import type { ConformanceReport } from '../model/conformance-report.ts'
import { headline } from './headline.ts'
import { packedPage } from './packed-page.ts'
import { plainHtml } from './plain-html.ts'

const run = promisify(execFile)
const allureCommand = fileURLToPath(new URL('../../node_modules/allure/cli.js', import.meta.url))

/** Renders a report and its evidence as one self-contained HTML file, `index.html` in the run directory; loads nothing from elsewhere. Returns its path. */
export async function writeHtml(report: ConformanceReport, runDirectory: string): Promise<string> {
  const results = await writeAllureResults(report, runDirectory)
  const workplace = await mkdtemp(join(tmpdir(), `holdfast-allure-${process.pid}-`))
  try {
    const config = join(workplace, 'allurerc.json')
    await writeFile(config, JSON.stringify(configOf(report, join(workplace, 'out'))))
    await run(process.execPath, [allureCommand, 'generate', results, '--config', config, '--cwd', workplace], { cwd: workplace })
    const htmlPath = join(runDirectory, 'index.html')
    const html = await readFile(join(workplace, 'out', 'index.html'), 'utf8')
    await writeFile(htmlPath, readableWithoutScripts(packedPage(startingAtTop(withoutRemoteScripts(html))), report))
    return htmlPath
  } catch (cause) {
    throw new Error(`The HTML report of ${runDirectory} was not generated: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    })
  } finally {
    await rm(workplace, { recursive: true, force: true })
  }
}

/** Allure's page loads an analytics script and cannot be told not to; a report in an archive must load nothing and tell nobody. */
function withoutRemoteScripts(html: string): string {
  return html
    .replaceAll(/<script[^>]*\ssrc="https?:[^>]*>\s*<\/script>/g, '')
    .replaceAll(/<script>\s*window\.dataLayer[^]*?<\/script>/g, '')
}

/** On loading, Allure's page scrolls to the first row of the list, past result and versions; it may scroll once the reader does something. */
function startingAtTop(html: string): string {
  const script = [
    "const top = ({ target }) => { if (target.matches?.('[data-tree-scroll-container]')) target.scrollTop = 0 };",
    "addEventListener('scroll', top, true);",
    "for (const act of ['pointerdown', 'keydown', 'wheel', 'touchstart'])",
    "addEventListener(act, () => removeEventListener('scroll', top, true), { once: true, capture: true });",
  ]
  return html.replace('<head>', () => `<head><script>{${script.join(' ')}}</script>`)
}

/** Allure's page is blank where scripts are not run, as in some archives: there the plain page stands in its place. */
function readableWithoutScripts(html: string, report: ConformanceReport): string {
  return html.replace('<body>', () => `<body><noscript>${plainHtml(report)}</noscript>`)
}

function configOf(report: ConformanceReport, output: string): unknown {
  const name = `Holdfast ${report.run.id}: ${report.result}, ${headline(report)}`
  return {
    name,
    output,
    hideLabels: ['severity', 'story'],
    categories: [
      { name: 'Failed: the documented sentence is broken', matchers: [{ statuses: ['failed'] }] },
      { name: 'Inconclusive: it could not be told', matchers: [{ statuses: ['broken'] }] },
      { name: 'NotSupported: the cluster lacks a feature', matchers: [{ statuses: ['skipped'] }] },
    ],
    plugins: {
      awesome: {
        options: {
          reportName: name,
          singleFile: true,
          reportLanguage: 'en',
          theme: 'light',
          groupBy: [],
          defaultSortBy: 'status,asc',
          sections: [],
          publish: false,
        },
      },
    },
  }
}
