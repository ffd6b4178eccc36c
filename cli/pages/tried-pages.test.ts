import { expect, test } from 'vitest'
import { projectRoot } from '../shell/project-root.ts'
import { readPage } from './page.ts'
import { kubernetesOf, triedPages } from './tried-pages.ts'

test('a page is tried by its place in the project', () => {
  expect(triedPages([{ path: `${projectRoot}/docs/one.md`, page: readPage('') }]).map(({ id }) => id)).toEqual(['page docs/one.md'])
  expect(triedPages().map(({ id }) => id)).toContain('page docs/judge-a-csi-driver.md')
})

test('what a page needs of Kubernetes is what its blocks that are run name', () => {
  const block = (marker: string, text: string) => `${marker}\n\n\`\`\`sh\n${text}\n\`\`\`\n`
  const page = [
    block('<!-- run: cluster -->', './holdfast run --kubernetes 1.36 >old.log'),
    block('<!-- run: cluster -->', './holdfast run --kubernetes 1.37.2 --profile quick && ./holdfast run --kubernetes 1.36'),
    block('', './holdfast run --kubernetes 1.34'),
  ]
  expect(kubernetesOf(readPage(page.join('\n')))).toEqual(['1.36', '1.37.2'])
})

test('a page without a Kubernetes of its own can be tried by any run', async () => {
  const [one] = triedPages([{ path: `${projectRoot}/docs/one.md`, page: readPage('') }])
  expect(await one?.whyNot?.()).toBeUndefined()
})
