import { expect } from 'vitest'
import { conformance, dumpPlace, dumpsLeft, job, jobComplete, oldDumps, pruneDumps, runningPostgres } from '../../harness/index.ts'

conformance(
  {
    id: 'backup/find-mtime-keeps-eight-days',
    statement:
      'Pruning with `find -mtime +7` deletes dumps older than eight full days, not seven. It deletes even the last dump if no newer one exists.',
    level: 'SHOULD',
    source: { page: 'https://www.gnu.org/software/findutils/manual/html_node/find_html/Age-Ranges.html', section: 'Age-Ranges' },
    requires: ['DynamicProvisioning', 'ReadWriteMany', 'PostgreSQL', 'BackupTools', 'ObjectStore'],
    mutants: ['pruned-a-day-early'],
    proves: { 'backup.local-retention': { 'eight-days': 'pruned', 'not-seven': 'pruned', 'none-left': 'pruned-later' } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits } = fixtures
    const place = dumpPlace('keeper', { fixtures, server: 'db' })
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    await runningPostgres('db', { fixtures, pods })
    await place.prepare(pods)
    await place.dumps.makeOld()

    await namespace.apply(job('prune', pruneDumps(place.of('shop'))))
    await expect(jobs).toReach(jobComplete({ job: 'prune' }), { within: limits.jobEnded })
    const pruned = await place.dumps.read('pruned')
    await place.dumps.growOld()
    await namespace.apply(job('prune-later', pruneDumps(place.of('shop'))))
    await expect(jobs).toReach(jobComplete({ job: 'prune-later' }), { within: limits.jobEnded })

    const prunedLater = await place.dumps.read('pruned later')
    await expect(history).toUphold(dumpsLeft({ found: pruned, names: oldDumps.kept }), { as: 'pruned' })
    await expect(history).toUphold(dumpsLeft({ found: prunedLater, names: [] }), { as: 'pruned-later' })
  },
)
