import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeOwner, livenessOf, ownerText, parseOwner, thisOwner } from '../../contract/owner.ts'
import { PublishRefused } from './publish-refused.ts'

/** Begins the name of the file by which a process says that it writes to a site. */
export const lockPrefix = '.publishing-'

/**
 * Runs `body` while no other process of this machine writes to the site. Each process makes a file that bears its own name, and then looks
 * for those of others, so that two that start at once never both go on. A file of a process that is provably dead is removed.
 */
export async function asOnlyPublisher<T>(site: string, body: () => Promise<T>): Promise<T> {
  const own = `${lockPrefix}${ownerText(thisOwner())}`
  await writeFile(join(site, own), '')
  try {
    for (const name of await readdir(site)) {
      if (!name.startsWith(lockPrefix) || name === own) continue
      const owner = parseOwner(name.slice(lockPrefix.length))
      if (livenessOf(owner) !== 'dead')
        throw new PublishRefused(`${site} is being written to by ${describeOwner(owner)}.`, {
          fix: `Try again once that has ended; if it has, delete ${join(site, name)}.`,
        })
      await rm(join(site, name), { force: true })
    }
    return await body()
  } finally {
    await rm(join(site, own), { force: true })
  }
}
