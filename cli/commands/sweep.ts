import type { Command } from 'commander'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'

/** `holdfast sweep`: removes what dead runs left, and says where it looked. */
export function sweep(): Command {
  return strictCommand({ name: 'sweep', summary: 'remove what dead runs left behind' }).action(async () => {
    const { sweep: sweepClusters } = await import('../../clusters/index.ts')
    const { removed, left, checked } = await sweepClusters({ log })
    for (const thing of checked) log(`checked  ${thing}`)
    if (left.length > 0)
      log(`Left ${left.length} things alone because their owner may still be running; the lines above show how to remove them.`)
    log(removed.length === 0 ? 'Dead runs left nothing behind.' : `Removed ${removed.length} things that dead runs left behind.`)
  })
}
