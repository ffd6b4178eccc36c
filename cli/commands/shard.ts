import { writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import { inCluster } from '../../contract/shards.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'
import { UsageError } from '../shell/usage-error.ts'

/** `holdfast shard`: what a Pod of `holdfast run --in-cluster` runs. */
export function shard(): Command {
  return strictCommand({ name: 'shard', summary: 'run one shard of a run in a cluster; its Pods call it' })
    .addOption(new Option('--fetch-evidence', 'bring the evidence of the run out of its bucket, and stay').hideHelp())
    .action(async ({ fetchEvidence = false }: { readonly fetchEvidence?: boolean }) => {
      const { bucketOfPod, openBucket } = await import('../in-cluster/bucket.ts')
      const { bucketStore, fetchEvidence: fetchFrom } = await import('../in-cluster/bucket-store.ts')
      const bucket = bucketOfPod()
      if (fetchEvidence) {
        if (bucket === undefined) throw new UsageError('This Pod has no bucket to fetch evidence from.')
        await fetchFrom(openBucket(bucket), inCluster.evidenceDirectory)
        writeFileSync(inCluster.fetchedFile, '')
        log(`The evidence of bucket ${bucket.bucket} below ${bucket.prefix} is here.`)
        await pause(readWithin * 1000)
        return
      }
      const { placeOfPod } = await import('../in-cluster/shard-place.ts')
      const { runShard } = await import('../in-cluster/run-shard.ts')
      const { claimStore } = await import('../in-cluster/claim-store.ts')
      const place = placeOfPod()
      const store = bucket === undefined ? claimStore(place.evidenceDirectory, place.uid) : bucketStore(openBucket(bucket))
      process.exitCode = await runShard(place, store)
    })
}

/** Seconds that evidence stays in the Pod that fetched it. */
const readWithin = 3600
