import { expect } from 'vitest'
import {
  answersValue,
  configMap,
  configuredPod,
  conformance,
  fileIn,
  fileOfConfigMap,
  fileOfSecret,
  neverDeleted,
  podAbsent,
  podGone,
  podReady,
  secret,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pods/config-outlives-pod',
    statement:
      'ConfigMap and Secret stay when a Pod that mounts them is deleted. The files in the Pod go with it: the next Pod gets files of its own, with what the objects say then.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/volumes/', section: 'configmap' },
    requires: [],
    mutants: ['settings-owned-by-pod', 'volume-not-mounted'],
    proves: {
      'pod.configmap-secret-scope': {
        files: ['own-file', 'made-anew'],
        objects: ['config-map-stays', 'secret-stays', 'read-again'],
      },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark }) => {
    const inFirst = (path: string) => fileIn('first', { namespace, measure }, path)
    const inSecond = (path: string) => fileIn('second', { namespace, measure }, path)
    const pods = await observe.pods()
    await observe.configMaps()
    await observe.kind({ apiVersion: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true })
    await namespace.apply(configMap('settings', { data: { colour: 'blue' } }))
    await namespace.apply(secret('keys', { colour: 'green' }))
    await namespace.apply(configuredPod('first', { cluster }))
    await until(pods, podReady({ pod: 'first' }), { within: limits.podReady })
    const keyBefore = await inFirst(fileOfSecret).read('Secret, in the first Pod')
    await namespace.patch({ kind: 'ConfigMap', name: 'settings' }, { data: { colour: 'red' } })
    const ownFile = await inFirst(fileOfConfigMap('alone')).read('file mounted alone, once the ConfigMap has changed')

    await namespace.delete({ kind: 'Pod', name: 'first' })
    await until(pods, podGone({ pod: 'first' }), { within: limits.podDeleted })
    const gone = mark('first Pod gone')
    await expect(pods).toStay(podAbsent({ pod: 'first' }), { for: limits.staysUnchanged, after: gone })
    await expect(history).toUphold(neverDeleted({ kind: 'ConfigMap', name: 'settings' }), { as: 'config-map-stays' })
    await expect(history).toUphold(neverDeleted({ kind: 'Secret', name: 'keys' }), { as: 'secret-stays' })
    await namespace.apply(configuredPod('second', { cluster }))
    await until(pods, podReady({ pod: 'second' }), { within: limits.podReady })
    const alone = await inSecond(fileOfConfigMap('alone')).read('file mounted alone, in the second Pod')
    const inVolume = await inSecond(fileOfConfigMap('in-volume')).read('ConfigMap, in the second Pod')
    const key = await inSecond(fileOfSecret).read('Secret, in the second Pod')

    await expect(history).toUphold(answersValue({ found: keyBefore, value: 'green' }), { as: 'own-file' })
    await expect(history).toUphold(answersValue({ found: ownFile, value: 'blue' }), { as: 'own-file' })
    await expect(history).toUphold(answersValue({ found: alone, value: 'red' }), { as: 'made-anew' })
    await expect(history).toUphold(answersValue({ found: inVolume, value: 'red' }), { as: 'read-again' })
    await expect(history).toUphold(answersValue({ found: key, value: 'green' }), { as: 'read-again' })
  },
)
