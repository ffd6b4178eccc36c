import type { MeasurementName } from '../../engine/measurement.ts'
import { dataDirectory } from '../pod/builders/workload-container.ts'
import type { Answered } from '../service/answer.ts'
import { type DataFixtures, workloadIn } from './workload-in.ts'

/** An SQLite database on the volume of a Pod, which processes of several Pods open. What they did and read is kept in the history. */
export interface SharedDatabase {
  /** Makes the database with an empty table. */
  create(): Promise<void>
  /** Begins a transaction that inserts a row with the name of the Pod, and leaves it open. Keeps `done`, or the words of the refusal. */
  begin(label: string): Promise<MeasurementName>
  /** Commits the open transaction. Keeps `done`, or the words of the refusal. */
  commit(label: string): Promise<MeasurementName>
  /** Reads all rows in their order, after a look at the whole database: refused where that finds damage. */
  read(label: string): Promise<MeasurementName>
}

const program = String.raw`
const { DatabaseSync } = require('node:sqlite')
const { existsSync, renameSync, rmSync, writeFileSync } = require('fs')
const [act, file, name] = process.argv.slice(1)
const at = (what) => '/tmp/' + what + '-' + file.split('/').pop().split('?')[0]
const answer = (what, text) => { writeFileSync(at(what) + '.part', text); renameSync(at(what) + '.part', at(what)) }
const attempt = (statements) => { try { statements(); return 'done' } catch (error) { return error.message } }
const database = new DatabaseSync('file:' + file)
if (act === 'create') database.exec('create table rows (name text)')
if (act === 'read') {
  const [damage] = database.prepare('pragma integrity_check').all().map((one) => one.integrity_check).filter((one) => one !== 'ok')
  if (damage !== undefined) throw new Error('damaged: ' + damage)
  console.log(database.prepare('select name from rows order by name').all().map((one) => one.name).join(', '))
}
if (act === 'transaction') {
  for (const what of ['commit', 'committed']) rmSync(at(what), { force: true })
  const begun = attempt(() => { database.exec('begin immediate'); database.prepare('insert into rows values (?)').run(name) })
  answer('begun', begun)
  const wait = () => {
    if (!existsSync(at('commit'))) return setTimeout(wait, 50)
    rmSync(at('commit'))
    answer('committed', attempt(() => database.exec('commit')))
  }
  if (begun === 'done') wait()
  else answer('committed', 'no transaction')
}
`

/** What the program or SQLite says of a database that is damaged. */
const isDamage = /damaged|malformed|not a database|no such table/u

const waitFor = 'until [ -e "$1" ]; do sleep 0.1; done; cat "$1"; rm "$1"'

/** The database of a name on the volume of a Pod, opened with the locks by which SQLite keeps processes apart, or without them. */
export function sharedDatabase(
  pod: string,
  fixtures: DataFixtures,
  { name, locks }: { readonly name: string; readonly locks: boolean },
): SharedDatabase {
  const { exec, keep } = workloadIn(pod, fixtures)
  const file = `${dataDirectory}/${name}.db${locks ? '' : '?nolock=1'}`
  const run = async (...command: readonly string[]) => (await exec('use its database', command)).trim()
  const answered = (said: string): Answered => ({ outcome: 'done', value: said, said: 'SQLite' })
  return {
    create: async () => void (await run('node', '-e', program, 'create', file)),
    async begin(label) {
      const background = '(node -e "$1" transaction "$2" "$3") > /dev/null 2>&1 &'
      await run('bash', '-c', background, 'bash', program, file, pod)
      return keep('answer', label, answered(await run('bash', '-c', waitFor, 'bash', `/tmp/begun-${name}.db`)))
    },
    async commit(label) {
      await run('touch', `/tmp/commit-${name}.db`)
      return keep('answer', label, answered(await run('bash', '-c', waitFor, 'bash', `/tmp/committed-${name}.db`)))
    },
    async read(label) {
      const { exitCode, stdout, stderr } = await fixtures.namespace.exec(pod, ['node', '-e', program, 'read', file])
      const damage = stderr.split('\n').find((line) => line.startsWith('Error: ')) ?? stderr.trim()
      const answer: Answered =
        exitCode === 0
          ? { outcome: 'done', value: stdout.trim(), said: 'done' }
          : { outcome: isDamage.test(damage) ? 'refused' : 'silent', value: null, said: damage }
      return keep('answer', label, answer)
    },
  }
}
