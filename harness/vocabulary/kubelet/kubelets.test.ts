import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Measurement } from '../../engine/history/history-entry.ts'
import { openApi } from '../../engine/kubernetes/api.ts'
import { kubeletsOf } from './kubelets.ts'

/** Kubelets behind a server that answers a summary with each of these times in turn, the last one for good, and keeps what was asked. */
async function kubeletsWith(...times: readonly (string | undefined)[]) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = String(request.url)
    const time = times[Math.min(asked.filter((one) => one.endsWith('summary')).length, times.length - 1)]
    asked.push(path)
    const volume = time === undefined ? [] : [{ pvcRef: { name: 'data', namespace: 'hf-unit' }, time }]
    response.end(
      path.endsWith('/metrics')
        ? 'kubelet_volume_stats_used_bytes{namespace="hf-unit",persistentvolumeclaim="data"} 7\n'
        : JSON.stringify({ pods: [{ volume }, {}] }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const api = openApi({ server: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), tls: {}, headers: {} })
  onTestFinished(() => {
    api.close()
    server.closeAllConnections()
    server.close()
  })
  const kept: unknown[] = []
  const measure = (what: string, label: string, of: { readonly subject: { readonly name: string }; readonly value: unknown }) => {
    kept.push({ what, label, node: of.subject.name, value: of.value })
    return {} as Measurement
  }
  return { asked, kept, kubelets: kubeletsOf({ api, namespace: 'hf-unit', measure, signal: AbortSignal.timeout(20_000) }) }
}

test.each([
  ['that were there before', '2026-01-01T00:00:00Z'],
  ['that are new', undefined],
])('figures %s are kept once the kubelet has looked anew', async (_, before) => {
  const { asked, kept, kubelets } = await kubeletsWith(before, before, '2026-01-01T00:01:00Z')
  expect(await kubelets.readVolumeFigures('written', { node: 'worker', pvcs: ['data'] })).toEqual({ node: 'worker', label: 'written' })
  expect(kept).toEqual([{ what: 'volume-figures', label: 'written', node: 'worker', value: { data: { used_bytes: 7 } } }])
  const summary = '/api/v1/nodes/worker/proxy/stats/summary'
  expect(asked).toEqual([summary, summary, summary, '/api/v1/nodes/worker/proxy/metrics'])
})
