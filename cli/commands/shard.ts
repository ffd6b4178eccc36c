import type { Command } from 'commander'
import { strictCommand } from '../shell/strict-command.ts'

/** `holdfast shard`: what a Pod of `holdfast run --in-cluster` runs. */
export function shard(): Command {
  return strictCommand({ name: 'shard', summary: 'run one shard of a run in a cluster; its Pods call it' }).action(async () => {
    const { placeOfPod } = await import('../in-cluster/shard-place.ts')
    const { runShard } = await import('../in-cluster/run-shard.ts')
    const { claimStore } = await import('../in-cluster/claim-store.ts')
    const place = placeOfPod()
    process.exitCode = await runShard(place, claimStore(place.evidenceDirectory, place.uid))
  })
}
