import type { MeasurementName } from '../../engine/measurement.ts'
import { replicaSet } from './mongo.ts'
import type { Answered } from '../service/answer.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'

/** MongoDB servers, asked with `mongosh` from inside a Pod of theirs. What they answered is kept in the history. */
export interface Mongo {
  /**
   * Waits up to 50 s until the process with which the container goes on is the server, and answers: the entrypoint of the image has another
   * one before. Throws `Inconclusive` when it does not.
   */
  serving(): Promise<void>
  /** Has the server of the Pod itself run a script, and keeps the last line that it printed. */
  ask(label: string, script: string): Promise<MeasurementName>
  /** The same by whichever member is the primary, which is waited for as long as drivers wait. */
  askPrimary(label: string, script: string): Promise<MeasurementName>
}

const itself = 'mongodb://127.0.0.1/test?directConnection=true&readPreference=secondaryPreferred'

const untilServing = `for try in $(seq 50); do
  [ "$(cat /proc/1/comm)" = mongod ] && mongosh '${itself}' --quiet --norc --eval 'db.hello().ok' && exit 0
  sleep 1
done
exit 1`

/** How `mongosh` tells that no server answered. */
const silence = /ServerSelection|MongoNetwork|ECONNREFUSED/u

/** The MongoDB server in a Pod, and the replica set of the members named, each at its place in the headless Service. */
export function mongoIn(pod: string, fixtures: DataFixtures, { members = [] }: { readonly members?: readonly string[] } = {}): Mongo {
  const asked = async (label: string, script: string, url: string) => {
    const { exitCode, stdout, stderr } = await fixtures.namespace.exec(pod, ['mongosh', url, '--quiet', '--norc', '--eval', script])
    const last = stdout.trim().split('\n').at(-1) ?? ''
    const said = [stderr.trim(), last].find((text) => text !== '') ?? 'done'
    const answer: Answered =
      exitCode === 0
        ? { outcome: 'done', value: last === '' ? null : last, said: 'done' }
        : { outcome: silence.test(said) ? 'silent' : 'refused', value: null, said }
    return workloadIn(pod, fixtures).keep('answer', label, answer)
  }
  return {
    serving: async () => void (await workloadIn(pod, fixtures).exec('serve as process 1', ['sh', '-c', untilServing])),
    ask: async (label, script) => asked(label, script, itself),
    askPrimary: async (label, script) => asked(label, script, `mongodb://${members.join(',')}/test?replicaSet=${replicaSet}`),
  }
}

/** Script that makes members a replica set, each known by its name in the headless Service. */
export function initiate(members: readonly string[]): string {
  const configuration = { _id: replicaSet, members: members.map((host, id) => ({ _id: id, host })) }
  return `print(rs.initiate(${JSON.stringify(configuration)}).ok)`
}

/** Script that stores documents, and is done once every one of so many members has them. */
export function insertEverywhere(documents: number, members: number): string {
  const concern = JSON.stringify({ writeConcern: { w: members, wtimeout: 40_000 } })
  return `db.visits.insertMany(Array.from({ length: ${documents} }, (_, n) => ({ n })), ${concern})`
}

/** Script that counts the documents that the server itself has. */
export const countVisits = 'print(db.visits.countDocuments())'

/** Script that tells what state a member says it is in, or why it says nothing. */
export const statesOfMembers = [
  'try { print(rs.status().members.map(({ stateStr }) => stateStr).sort().join(", ")) }',
  'catch (error) { print(error.codeName) }',
].join(' ')
