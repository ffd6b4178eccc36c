import { expect } from 'vitest'
import {
  allReady,
  answersValue,
  conformance,
  fileIn,
  gateIsOpen,
  idlePod,
  interrupted,
  keepsItsVolume,
  logHoldsExactly,
  pod,
  podNotReady,
  podRestarted,
  premise,
  pvc,
  shutGate,
  staysTheSamePod,
  treesEqual,
  until,
  volumeIn,
  withProbes,
  writeText,
} from '../../harness/index.ts'

conformance(
  {
    id: 'probes/liveness-restarts-container',
    statement:
      'A container that fails its liveness probe as often as its failureThreshold says is restarted in the same Pod. Its volume keeps all data. Until it has started anew, the Pod is not Ready.',
    level: 'SHOULD',
    source: { page: 'concepts/configuration/liveness-readiness-startup-probes/', section: 'liveness-probe' },
    requires: ['DynamicProvisioning'],
    mutants: ['liveness-probes-dropped', 'volume-not-mounted'],
    proves: {
      'probe.liveness-restarts-container': {
        restarts: ['restarted', 'same-pod'],
        threshold: ['fails-too-seldom', 'never-restarted'],
        costly: ['interrupted', 'starts-anew'],
        data: ['restarted', 'same-volume', 'same-files', 'same-records'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const probes = { command: gateIsOpen, readiness: 1 }
    const volume = volumeIn('database', { namespace, measure })
    const besideVolume = fileIn('database', { namespace, measure }, '/tmp/beside-the-volume')
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(withProbes(pod('database', { cluster, pvc: 'data' }), { ...probes, liveness: 3 }))
    await namespace.apply(withProbes(idlePod('lenient', { cluster }), { ...probes, liveness: 600 }))
    await until(pods, allReady({ pods: ['database', 'lenient'] }), { within: limits.podReady })
    await volume.fill()
    const acknowledged = await volume.appendRecords('before the probe failed')
    const before = await volume.readTree('before the probe failed')
    await namespace.exec('database', writeText('written', '/tmp/beside-the-volume'))
    await premise(history, answersValue({ found: await besideVolume.read('before the probe failed'), value: 'written' }))

    await namespace.exec('lenient', shutGate)
    await until(pods, podNotReady({ pod: 'lenient' }), { within: limits.podReady })
    const failing = mark('the probe of the lenient one fails')
    await namespace.exec('database', shutGate)
    await expect(pods).toReach(podRestarted({ pod: 'database' }), { within: limits.containerRestarted, as: 'restarted' })
    const after = await volume.readTree('after the restart')
    const found = await volume.readRecords('after the restart')
    const lost = await besideVolume.read('after the restart')
    await expect(pods).toStay(podNotReady({ pod: 'lenient' }), { for: limits.staysUnchanged, after: failing, as: 'fails-too-seldom' })

    await expect(history).toUphold(staysTheSamePod({ pod: 'database', restarts: 'some' }), { as: 'same-pod' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'lenient', restarts: 'none' }), { as: 'never-restarted' })
    await expect(history).toUphold(interrupted({ pod: 'database' }), { as: 'interrupted' })
    await expect(history).toUphold(answersValue({ found: lost, value: null }), { as: 'starts-anew' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same-files' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found }), { as: 'same-records' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }), { as: 'same-volume' })
  },
)
