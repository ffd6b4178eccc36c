import { expect } from 'vitest'
import {
  conformance,
  gateIsOpen,
  idlePod,
  neverReady,
  podReady,
  readyNotBefore,
  restartsReached,
  shutGate,
  slowStart,
  slowStartSeconds,
  staysTheSamePod,
  withProbes,
} from '../../harness/index.ts'

conformance(
  {
    id: 'probes/startup-probe-gives-time',
    statement:
      'Until the startup probe of a container succeeds, its liveness and readiness probes do not count. A slow container without one, or with one that allows too little time, is restarted again and again and never serves.',
    level: 'MUST',
    source: { page: 'concepts/configuration/liveness-readiness-startup-probes/', section: 'startup-probe' },
    requires: [],
    mutants: ['startup-probes-dropped'],
    proves: {
      'probe.startup-for-slow-databases': {
        without: ['killed-by-liveness', 'never-serves'],
        'held-off': ['not-restarted', 'serves-only-then'],
        budget: ['killed-by-startup', 'too-short'],
        afterwards: 'counts-afterwards',
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const slow = { cluster, first: slowStart }
    const serving = { command: gateIsOpen, liveness: 3, readiness: 1 }
    const impatient = withProbes(idlePod('impatient', slow), serving)
    const hasty = withProbes(idlePod('hasty', slow), { ...serving, startup: 5 })
    const always = withProbes(idlePod('patient', slow), { command: ['true'], readiness: 1 })
    const patient = withProbes(always, { command: gateIsOpen, startup: 60, liveness: 3 })
    const pods = await observe.pods()

    await namespace.apply(patient)
    await namespace.apply(impatient)
    await namespace.apply(hasty)
    await expect(pods).toReach(podReady({ pod: 'patient' }), { within: limits.podReady })
    await expect(history).toUphold(readyNotBefore({ pod: 'patient', seconds: slowStartSeconds }), { as: 'serves-only-then' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'patient', restarts: 'none' }), { as: 'not-restarted' })
    await expect(pods).toReach(restartsReached({ pod: 'impatient', restarts: 2 }), {
      within: limits.containerRestarted,
      as: 'killed-by-liveness',
    })
    await expect(pods).toReach(restartsReached({ pod: 'hasty', restarts: 2 }), {
      within: limits.containerRestarted,
      as: 'killed-by-startup',
    })
    await namespace.exec('patient', shutGate)
    await expect(pods).toReach(restartsReached({ pod: 'patient', restarts: 1 }), {
      within: limits.containerRestarted,
      as: 'counts-afterwards',
    })

    await expect(history).toUphold(neverReady({ pod: 'impatient' }), { as: 'never-serves' })
    await expect(history).toUphold(neverReady({ pod: 'hasty' }), { as: 'too-short' })
  },
)
