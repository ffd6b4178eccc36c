import type { Reverts } from '../../engine/fixtures/reverts.ts'
import { limits } from '../../engine/limits.ts'
import { restartKubelet } from './restart-kubelet.ts'
import { graceAtShutdown, noGraceAtShutdown, shutDown } from '../../../contract/system-shutdown.ts'

/** Acts on the kubelet of a node, and the shutdown that it may delay. They need the feature `NodeControl`. */
export interface KubeletActs {
  /** Restarts the kubelet of a node. The containers there go on. */
  restartKubelet(node: string): Promise<void>
  /** Gives the kubelet of a node time to end Pods when its node shuts down. */
  graceAtShutdown(node: string): Promise<void>
  /** Has the system of a node shut down by itself, and returns once it is off. `start` switches it on again. */
  shutDown(node: string): Promise<void>
}

/** What may be done to a node: to its container, and in it. */
interface NodeAccess {
  engine(verb: string, node: string): Promise<string>
  inNode(verb: string, node: string, command: readonly string[]): Promise<string>
}

/**
 * The acts on kubelets, by a way to the nodes that ends with a signal. `mustBeOurs` throws for a node that may not be changed; `touched`
 * does too, and registers how a node is made whole again.
 */
export function kubeletActs(options: {
  readonly change: (within: AbortSignal) => NodeAccess
  readonly mustBeOurs: (node: string, feature: 'NodeControl') => void
  readonly touched: (node: string, feature: 'NodeControl') => void
  readonly reverts: Reverts
  readonly signal: AbortSignal
}): KubeletActs {
  const { change, mustBeOurs, touched, reverts, signal } = options
  const { inNode } = change(signal)
  return {
    async restartKubelet(name) {
      touched(name, 'NodeControl')
      await inNode('restart-kubelet-of', name, restartKubelet)
    },
    async graceAtShutdown(name) {
      mustBeOurs(name, 'NodeControl')
      // Registered first and so reverted last: the node has to run for that.
      reverts.register(
        `the kubelet of node ${name}`,
        async (within) => void (await change(within).inNode('reset-kubelet-of', name, noGraceAtShutdown)),
      )
      touched(name, 'NodeControl')
      await inNode('configure-kubelet-of', name, graceAtShutdown)
    },
    async shutDown(name) {
      touched(name, 'NodeControl')
      const within = AbortSignal.any([signal, AbortSignal.timeout(limits.nodeLost * 1000)])
      await inNode('shut-down', name, shutDown)
      await change(within).engine('wait', name)
    },
  }
}
