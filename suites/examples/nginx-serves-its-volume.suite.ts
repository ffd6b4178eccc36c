import { expect } from 'vitest'
import {
  answersValue,
  applyExample,
  conformance,
  httpClient,
  pagesFrom,
  podReady,
  podReplaced,
  podsReady,
  storageClass,
  until,
  writeText,
} from '../../harness/index.ts'

conformance(
  {
    id: 'examples/nginx-serves-its-volume',
    statement:
      'Each nginx of the exercise serves the page that was written to the volume of its Pod, and serves it again after its Pod was replaced.',
    level: 'SHOULD',
    source: { page: 'tutorials/stateful-application/basic-stateful-set/', section: 'writing-to-stable-storage' },
    requires: ['DynamicProvisioning', 'DefaultStorageClassFree', 'Nginx', 'BackupTools'],
    mutants: ['volume-not-mounted'],
    proves: { 'manifest.nginx-exercise': { serves: ['serves', 'serves-again'] } },
    holds: ['default StorageClass'],
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, measure } = fixtures
    const page = '/usr/share/nginx/html/index.html'
    const pages = pagesFrom('client', { namespace, measure })
    const pods = await observe.pods()
    await namespace.apply(httpClient('client', { cluster }))
    await namespace.apply(
      storageClass(`${namespace.name}-default`, { cluster, isDefault: true, volumeBindingMode: 'WaitForFirstConsumer' }),
    )
    await applyExample('nginx-statefulset', fixtures, { nginx: 'itself' })
    await until(pods, podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })
    await until(pods, podReady({ pod: 'client' }), { within: limits.podReady })

    await namespace.exec('web-0', writeText('page of web-0', page))
    await namespace.exec('web-1', writeText('page of web-1', page))
    await namespace.exec('web-2', writeText('page of web-2', page))
    const first = [
      await pages.fetch('web-0.nginx', 'once written'),
      await pages.fetch('web-1.nginx', 'once written'),
      await pages.fetch('web-2.nginx', 'once written'),
    ] as const
    await expect(history).toUphold(answersValue({ found: first[0], value: 'page of web-0' }), { as: 'serves' })
    await expect(history).toUphold(answersValue({ found: first[1], value: 'page of web-1' }), { as: 'serves' })
    await expect(history).toUphold(answersValue({ found: first[2], value: 'page of web-2' }), { as: 'serves' })
    await namespace.delete({ kind: 'Pod', name: 'web-0' })
    await namespace.delete({ kind: 'Pod', name: 'web-1' })
    await namespace.delete({ kind: 'Pod', name: 'web-2' })
    await until(pods, podReplaced({ pod: 'web-0' }), { within: limits.podReady })
    await until(pods, podReplaced({ pod: 'web-1' }), { within: limits.podReady })
    await until(pods, podReplaced({ pod: 'web-2' }), { within: limits.podReady })
    const again = [
      await pages.fetch('web-0.nginx', 'by the next Pod'),
      await pages.fetch('web-1.nginx', 'by the next Pod'),
      await pages.fetch('web-2.nginx', 'by the next Pod'),
    ] as const

    await expect(history).toUphold(answersValue({ found: again[0], value: 'page of web-0' }), { as: 'serves-again' })
    await expect(history).toUphold(answersValue({ found: again[1], value: 'page of web-1' }), { as: 'serves-again' })
    await expect(history).toUphold(answersValue({ found: again[2], value: 'page of web-2' }), { as: 'serves-again' })
  },
)
