import type { Source } from '../../harness/engine/guarantee.ts'

/** The address of the documentation section that states a guarantee. */
export function sourceUrl({ page, section }: Source): string {
  const address = /^https?:\/\//.test(page) ? page : `https://kubernetes.io/docs/${page.replace(/^\/|\/$/g, '')}/`
  return section === '' ? address : `${address}#${section}`
}
