import { expect } from 'vitest'
import {
  allReady,
  applyExample,
  conformance,
  createAsWritten,
  fileAsWritten,
  fileOfExample,
  kubectlPrinted,
  replicasReady,
  requestAccepted,
  requestRefused,
  sameFieldStored,
  splicedSet,
  statefulSet,
  storedWith,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'examples/refused-as-written',
    statement:
      'The API server refuses a Deployment or StatefulSet without selector, labels or containers, and fields it does not know; kubectl refuses what is not YAML or not an object. Completed, or as part of an object, the same examples are accepted.',
    level: 'MUST',
    source: { page: 'concepts/overview/working-with-objects/', section: 'server-side-field-validation' },
    requires: ['Kubectl'],
    mutants: ['deployments-completed'],
    proves: {
      'manifest.web-deployment': { incomplete: 'web-refused', completed: 'web-runs' },
      'manifest.postgres-ha-zones': { incomplete: 'zones-refused' },
      'manifest.update-strategy-block': { unknown: 'timeline-refused', incomplete: 'strategy-refused', patch: ['patched', 'partition'] },
      'manifest.headless-service': { 'with-command': 'command-refused', 'without-command': ['service-stored', 'headless'] },
      'manifest.vct-fragment': { alone: 'fragment-refused', 'in-a-set': 'same-template' },
      'manifest.mongodb-replica-set': { valid: 'mongo-stored' },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, kubectl } = fixtures
    const timeline = { text: 'whole', suffix: '-with-timeline' } as const
    const mongo = { of: 'mongodb-replica-set', classes: 'own', fixtures } as const
    const [block, fragment, patch] = [
      fileAsWritten('headless-service'),
      fileAsWritten('volume-claim-templates'),
      fileOfExample('update-strategy-patch'),
    ]
    const pods = await observe.pods()
    await observe.statefulSets()
    await observe.services()
    await namespace.apply(statefulSet('postgres-running', { cluster, replicas: 3 }))
    await until(pods, allReady({ pods: ['postgres-running-0', 'postgres-running-1', 'postgres-running-2'] }), {
      within: limits.statefulSetReady,
    })

    await createAsWritten('web-deployment', fixtures)
    await createAsWritten('postgres-over-zones', fixtures)
    await createAsWritten('update-strategy', fixtures, timeline)
    await createAsWritten('update-strategy', fixtures)
    const withCommand = await kubectl.run(['create', '--filename', block.file], block)
    const alone = await kubectl.run(['create', '--filename', fragment.file], fragment)
    await createAsWritten('headless-service', fixtures)
    await createAsWritten('mongodb-replica-set', fixtures, { classes: 'own' })
    await namespace.apply(splicedSet('spliced', { ...mongo, fragment: 'volume-claim-templates' }))
    await applyExample('web-deployment', fixtures)
    await expect(pods).toReach(replicasReady({ deployment: 'web', replicas: 3 }), { within: limits.podReady, as: 'web-runs' })
    const patched = await kubectl.run(['patch', 'statefulset', 'postgres-running', '--patch-file', patch.file], patch)

    const refused = { verb: 'create', code: 422 } as const
    const parts = ['spec.selector', 'spec.template.metadata.labels', 'spec.template.spec.containers']
    const templates = ['spec', 'volumeClaimTemplates']
    const set = { kind: 'StatefulSet', name: 'postgres-running' } as const
    await expect(history).toUphold(
      requestRefused({ ...refused, kind: 'Deployment', name: 'web', fields: ['spec.selector', 'spec.template.metadata.labels'] }),
      {
        as: 'web-refused',
      },
    )
    await expect(history).toUphold(requestRefused({ ...refused, kind: 'StatefulSet', name: 'postgres-ha', fields: parts }), {
      as: 'zones-refused',
    })
    await expect(history).toUphold(
      requestRefused({ verb: 'create', kind: 'StatefulSet', name: 'postgres-with-timeline', code: 400, says: 'unknown field "T0"' }),
      { as: 'timeline-refused' },
    )
    await expect(history).toUphold(requestRefused({ ...refused, kind: 'StatefulSet', name: 'postgres', fields: parts }), {
      as: 'strategy-refused',
    })
    await expect(history).toUphold(kubectlPrinted({ command: withCommand, exitCode: 1, lines: ['YAML'] }), { as: 'command-refused' })
    await expect(history).toUphold(kubectlPrinted({ command: alone, exitCode: 1, lines: ['kind not set'] }), { as: 'fragment-refused' })
    await expect(history).toUphold(sameFieldStored({ kind: 'StatefulSet', names: ['mongodb', 'spliced'], path: templates }), {
      as: 'same-template',
    })
    await expect(history).toUphold(requestAccepted({ verb: 'create', kind: 'Service', name: 'mongodb' }), { as: 'mongo-stored' })
    await expect(history).toUphold(requestAccepted({ verb: 'create', kind: 'StatefulSet', name: 'mongodb' }), { as: 'mongo-stored' })
    await expect(history).toUphold(kubectlPrinted({ command: patched, lines: ['patched'] }), { as: 'patched' })
    await expect(history).toUphold(storedWith({ ...set, path: ['spec', 'updateStrategy', 'rollingUpdate', 'partition'], value: 2 }), {
      as: 'partition',
    })
    await expect(history).toUphold(requestAccepted({ verb: 'create', kind: 'Service', name: 'postgres' }), { as: 'service-stored' })
    await expect(history).toUphold(storedWith({ kind: 'Service', name: 'postgres', path: ['spec', 'clusterIP'], value: 'None' }), {
      as: 'headless',
    })
  },
)
