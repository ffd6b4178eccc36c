import { expect } from 'vitest'
import {
  answersValue,
  byCommand,
  conformance,
  containerFailed,
  passwordSecret,
  pod,
  podGone,
  podReady,
  postgresIn,
  postgresPod,
  pvc,
  until,
  volumeEmpty,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/entrypoint-override',
    statement:
      'The args of a container are passed to the entrypoint of its image. The command of a container replaces the entrypoint, so the setup in the entrypoint does not run.',
    level: 'MUST',
    source: {
      page: 'tasks/inject-data-application/define-command-argument-container/',
      section: 'define-a-command-and-arguments-when-you-create-a-pod',
    },
    requires: ['DynamicProvisioning', 'PostgreSQL'],
    mutants: ['command-as-arguments'],
    proves: { 'app.entrypoint-override': { args: 'args', command: ['command', 'no-setup'] } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const settings = { max_connections: '33' }
    const pods = await observe.pods()
    await namespace.apply(passwordSecret('password'))
    await namespace.apply(pvc('args', { cluster, size: sizes.small }))
    await namespace.apply(pvc('command', { cluster, size: sizes.small }))

    await namespace.apply(postgresPod('args', { cluster, pvc: 'args', secret: 'password', settings }))
    await namespace.apply(byCommand(postgresPod('command', { cluster, pvc: 'command', secret: 'password', settings })))
    await expect(pods).toReach(podReady({ pod: 'args' }), { within: limits.podReady, as: 'args' })
    await expect(pods).toReach(containerFailed({ pod: 'command' }), { within: limits.podReady, as: 'command' })
    const connections = await postgresIn('args', { namespace, measure }).ask('connections allowed', 'show max_connections')

    await namespace.delete({ kind: 'Pod', name: 'command' })
    await until(pods, podGone({ pod: 'command' }), { within: limits.podDeleted })
    await namespace.apply(pod('reader', { cluster, pvc: 'command' }))
    await until(pods, podReady({ pod: 'reader' }), { within: limits.podReady })
    const found = await volumeIn('reader', { namespace, measure }).readTree('after the command')

    await expect(history).toUphold(answersValue({ found: connections, value: '33' }), { as: 'args' })
    await expect(history).toUphold(volumeEmpty({ found }), { as: 'no-setup' })
  },
)
