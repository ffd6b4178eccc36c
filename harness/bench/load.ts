import type { ClusterRecord } from '../../contract/cluster-record.ts'
import { openHistory } from '../engine/history/history.ts'
import { openApi } from '../engine/kubernetes/api.ts'
import { readConnection } from '../engine/kubernetes/connection.ts'
import { openWatch } from '../engine/watch/watch.ts'

/** How many objects are written and watched at the same time: two for each guarantee that may run on an idle machine. */
const writers = 12

/**
 * Writes ConfigMaps, several at the same time and each again and again, and watches all of them into histories, until it is disposed of.
 */
export async function loadOn(cluster: ClusterRecord): Promise<AsyncDisposable & { readonly written: () => number }> {
  const api = openApi(await readConnection(cluster.kubeconfig, cluster.context))
  const path = '/api/v1/namespaces/default/configmaps'
  const over = new AbortController()
  const watches = new AsyncDisposableStack()
  let written = 0
  const write = async (writer: number) => {
    const name = `hf-bench-load-${process.pid}-${writer}`
    watches.use(await openWatch({ api, history: openHistory(), kind: 'ConfigMap', path, fieldSelector: `metadata.name=${name}` }))
    await api.send({ method: 'POST', path, body: { metadata: { name }, data: { count: '0' } } })
    return async () => {
      try {
        for (let count = 1; !over.signal.aborted; count += 1) {
          const body = { data: { count: String(count) } }
          await api.send({ method: 'PATCH', path: `${path}/${name}`, body, contentType: 'application/merge-patch+json' })
          written += 1
        }
      } finally {
        await api.send({ method: 'DELETE', path: `${path}/${name}` })
      }
    }
  }
  const begun = await Promise.all(Array.from({ length: writers }, async (_, writer) => write(writer)))
  const going = Promise.allSettled(begun.map(async (goOn) => goOn()))
  return {
    written: () => written,
    async [Symbol.asyncDispose]() {
      over.abort()
      const failed = (await going).flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
      await watches.disposeAsync()
      api.close()
      if (failed.length > 0) throw failed[0]
    },
  }
}
