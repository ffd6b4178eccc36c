import { expect } from 'vitest'
import {
  conformance,
  directoryVolume,
  keepsItsVolume,
  kubectlPrinted,
  pageFetched,
  pagePath,
  pageServers,
  podNotStarted,
  podPresent,
  podReplaced,
  podsReady,
  pvc,
  pvcAbsent,
  pvcsBound,
  podGone,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'diagnosis/hands-on-exercise',
    statement:
      'What is written by kubectl exec to the volume of a StatefulSet is there for another Pod, and comes through a port-forward. kubectl expose refuses a StatefulSet. Deleting the StatefulSet, one PVC and one volume leaves the PVCs of the StatefulSet with their volumes, until these are deleted by label.',
    level: 'MUST',
    source: { page: 'tutorials/stateful-application/basic-stateful-set/', section: 'writing-to-stable-storage' },
    requires: ['DynamicProvisioning', 'Kubectl'],
    mutants: ['pvc-replaced-by-scratch'],
    proves: {
      'trouble.exec-write-persist': {
        kept: ['written', 'read-again'],
        unbound: ['unbound-waits', 'exec-refused'],
      },
      'trouble.port-forward-shows-file': { pod: 'page-of-pod', replaced: 'page-again' },
      'trouble.expose-statefulset': { refused: 'expose-refused', 'one-pod': 'pod-exposed', forward: 'page-of-pod' },
      'trouble.cleanup-complete': { left: ['deleted', 'still-bound', 'volumes-stay'], 'by-label': ['deleted-by-label', 'all-gone'] },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes, kubectl }) => {
    const { name: own } = namespace
    const page = 'Hello from Pod 0'
    const exercise = { storageClass: own, size: sizes.small } as const
    const web = pageServers('web', { cluster, replicas: 3, data: sizes.small, podManagement: 'Parallel' })
    const unbound = pageServers('unbound', {
      cluster: { ...cluster, storageClass: `${own}-absent` },
      replicas: 1,
      data: sizes.small,
      podManagement: 'OrderedReady',
    })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(directoryVolume(own, { ...exercise, reclaimPolicy: 'Retain' }))
    await namespace.apply(pvc('exercise', { cluster, ...exercise }))
    await namespace.apply(web)
    await namespace.apply(unbound)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })
    await until(pvcs, pvcsBound({ pvcs: ['exercise'] }), { within: limits.pvcBound })
    await until(pods, podPresent({ pod: 'unbound-0' }), { within: limits.podReady })
    const unboundThere = mark('the Pod without a volume is there')

    const written = await kubectl.run(['exec', 'web-0', '--', '/bin/bash', '-c', `echo '${page}' > ${pagePath}`])
    const ofPod = await kubectl.fetch(['port-forward', 'pod/web-0', ':8080'], { path: '/index.html' })
    const exposed = await kubectl.run(['expose', 'statefulset', 'web', '--port=80'])
    const podExposed = await kubectl.run(['expose', 'pod', 'web-0', '--port=80', '--target-port=8080'])
    const deleted = await kubectl.run(['delete', 'pod', 'web-0'])
    await until(pods, podReplaced({ pod: 'web-0' }), { within: limits.podReady })
    const read = await kubectl.run(['exec', 'web-0', '--', 'cat', pagePath])
    const again = await kubectl.fetch(['port-forward', 'pod/web-0', ':8080'], { path: '/index.html', label: 'the page again' })
    const early = await kubectl.run(['exec', 'unbound-0', '--', '/bin/bash', '-c', `echo '${page}' > ${pagePath}`])
    await expect(pods).toStay(podNotStarted({ pod: 'unbound-0' }), { for: limits.staysUnchanged, after: unboundThere, as: 'unbound-waits' })
    await expect(history).toUphold(kubectlPrinted({ command: written }), { as: 'written' })
    await expect(history).toUphold(kubectlPrinted({ command: deleted, lines: ['pod "web-0" deleted'] }))
    await expect(history).toUphold(kubectlPrinted({ command: read, lines: [page] }), { as: 'read-again' })
    await expect(history).toUphold(pageFetched({ command: ofPod, body: page }), { as: 'page-of-pod' })
    await expect(history).toUphold(pageFetched({ command: again, body: page }), { as: 'page-again' })
    const cannot = kubectlPrinted({ command: exposed, exitCode: 1, lines: ['error: cannot expose a StatefulSet.apps'] })
    await expect(history).toUphold(cannot, { as: 'expose-refused' })
    await expect(history).toUphold(kubectlPrinted({ command: podExposed, lines: ['service/web-0 exposed'] }), { as: 'pod-exposed' })
    const noContainer = kubectlPrinted({ command: early, exitCode: 1, lines: ['pod unbound-0 does not have a host assigned'] })
    await expect(history).toUphold(noContainer, { as: 'exec-refused' })

    const ofWeb = ['data-web-0', 'data-web-1', 'data-web-2']
    const removed = await kubectl.run(['delete', 'statefulset/web', 'pvc/exercise', `pv/${own}`])
    await until(pods, podGone({ pod: 'web-0' }), { within: limits.podDeleted })
    await until(pods, podGone({ pod: 'web-2' }), { within: limits.podDeleted })
    await until(pvcs, pvcAbsent({ pvc: 'exercise' }), { within: limits.objectDeleted })
    const cleanedUp = mark('cleaned up as the exercise says')
    await expect(pvcs).toStay(pvcsBound({ pvcs: ofWeb }), { for: limits.staysUnchanged, after: cleanedUp, as: 'still-bound' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'volumes-stay' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-1' }), { as: 'volumes-stay' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-2' }), { as: 'volumes-stay' })
    const byLabel = await kubectl.run(['delete', 'pvc', '-l', 'app.kubernetes.io/name=web'])
    await expect(history).toUphold(kubectlPrinted({ command: removed, lines: [`persistentvolume "${own}" deleted`] }), { as: 'deleted' })
    await expect(history).toUphold(kubectlPrinted({ command: byLabel, lines: ofWeb }), { as: 'deleted-by-label' })
    await expect(pvcs).toReach(pvcAbsent({ pvc: 'data-web-0' }), { within: limits.objectDeleted, as: 'all-gone' })
    await expect(pvcs).toReach(pvcAbsent({ pvc: 'data-web-1' }), { within: limits.objectDeleted, as: 'all-gone' })
    await expect(pvcs).toReach(pvcAbsent({ pvc: 'data-web-2' }), { within: limits.objectDeleted, as: 'all-gone' })
  },
)
