import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { didYouMean } from '../../contract/nearest-name.ts'
import { UsageError } from '../shell/usage-error.ts'

const named = z.array(z.object({ name: z.string() })).nullish()
const schema = z.object({ contexts: named, clusters: named, users: named, 'current-context': z.string().nullish() })

/** Makes sure that a file is a kubeconfig and has the context, or a current one. Throws a `UsageError` with the nearest name otherwise. */
export function requireContext(kubeconfig: string, context: string | undefined): void {
  const { contexts, current } = readContexts(kubeconfig)
  const fix = `Give --context one of ${contexts.join(', ')}.`
  if (contexts.length === 0) {
    throw new UsageError(`Kubeconfig ${kubeconfig} has no contexts.`, {
      fix: 'Use a kubeconfig for which "kubectl config get-contexts" lists contexts.',
    })
  }
  const wanted = context ?? current
  if (wanted === undefined) throw new UsageError(`Kubeconfig ${kubeconfig} has no current context.`, { fix })
  if (!contexts.includes(wanted))
    throw new UsageError(`Kubeconfig ${kubeconfig} has no context ${wanted}.${didYouMean(wanted, contexts)}`, { fix })
}

/** The contexts of a kubeconfig, and the current one. Throws a `UsageError` for what is no kubeconfig. */
export function readContexts(kubeconfig: string): { readonly contexts: readonly string[]; readonly current: string | undefined } {
  if (!existsSync(kubeconfig))
    throw new UsageError(`Kubeconfig ${kubeconfig} does not exist.`, { fix: 'Give --kubeconfig the path of a kubeconfig file.' })
  const parsed = schema.safeParse(contentOf(kubeconfig))
  if (!parsed.success || (parsed.data.contexts ?? parsed.data.clusters ?? parsed.data.users) == null)
    throw new UsageError(`${kubeconfig} is not a kubeconfig.`, { fix: 'Give --kubeconfig the path of a kubeconfig file.' })
  const { contexts, 'current-context': current } = parsed.data
  return { contexts: (contexts ?? []).map(({ name }) => name), current: current == null || current === '' ? undefined : current }
}

function contentOf(kubeconfig: string): unknown {
  try {
    return parse(readFileSync(kubeconfig, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('E'))
      throw new UsageError(`Kubeconfig ${kubeconfig} cannot be read (${error.code}).`, { fix: 'Use a file that you can read.' })
    return undefined
  }
}
