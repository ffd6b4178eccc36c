import { relative } from 'node:path'
import { plannedImages } from '../../clusters/index.ts'
import { countOne } from '../budget/tally.ts'
import type { TriedElsewhere } from '../elsewhere/elsewhere-stage.ts'
import { mergeSettings } from '../plan/run-plan.ts'
import { log } from '../shell/log.ts'
import { projectRoot } from '../shell/project-root.ts'
import type { Page } from './page.ts'
import { type NamedPage, runnablePages, tryPage } from './try-page.ts'

/** Each page of documentation that can be run, as `npm test` tries it. */
export function triedPages(pages: readonly NamedPage[] = runnablePages()): readonly TriedElsewhere[] {
  return pages.map(({ path, page }) => {
    const id = `page ${relative(projectRoot, path)}`
    return {
      id,
      whyNot: async () => whyNot(page),
      async run(signal) {
        log(`Page ${relative(projectRoot, path)}.`)
        const problem = await tryPage(page, signal)
        if (problem === undefined) return countOne(true)
        log(`${id}: ${problem}`)
        return { ...countOne(false), failedTests: [{ name: id, message: problem }] }
      },
    }
  })
}

/** Releases of Kubernetes that the blocks of a page name. */
export function kubernetesOf({ blocks }: Page): readonly string[] {
  const named = blocks.filter(({ use }) => use?.kind === 'run').flatMap(({ text }) => [...text.matchAll(/--kubernetes (\d[\d.]*)/g)])
  return [...new Set(named.flatMap(([, release = '']) => release))]
}

/** A node image of another Kubernetes may take longer to build than a run has time. */
async function whyNot(page: Page): Promise<string | undefined> {
  for (const kubernetes of kubernetesOf(page)) {
    const images = await plannedImages(mergeSettings({ kubernetes }))
    if (images.some(({ from }) => from !== 'present'))
      return `left out, because the images of Kubernetes ${kubernetes} are not there, and a run with a budget does not make them`
  }
  return undefined
}
