import { field } from '../../engine/object.ts'
import type { MeasurementName } from '../../engine/measurement.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { etcdPeer, etcdPort } from './etcd.ts'
import type { Answered } from '../service/answer.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'

/** Members of an etcd cluster, each asked over HTTP by its own name. What they answered is kept in the history. */
export interface Etcd {
  /** Asks a member to store a value, and keeps its answer. */
  put(member: string, label: string, pair: Pair): Promise<MeasurementName>
  /** Asks a member for a value that the quorum agrees on, and keeps its answer. */
  get(member: string, label: string, key: string): Promise<MeasurementName>
  /** Keeps the names of all members, in alphabetical order, as one of them knows them. */
  members(member: string, label: string): Promise<MeasurementName>
  /** Keeps the name of the leader, as a member knows it. */
  leader(member: string, label: string): Promise<MeasurementName>
  /** Keeps the term that a member is in, which it knows by itself: each election begins another one. */
  term(member: string, label: string): Promise<MeasurementName>
  /**
   * Gives a member that lost the others the time to know of no leader. Before, one that leads takes writes into its log: it tells the
   * client that they timed out, and does them when the others are back. One that goes on leading after ten seconds is left alone: what it
   * does is for the suite to judge.
   */
  leaderless(member: string): Promise<void>
  /** Waits until a member says by its name that it is healthy, which comes after its container runs. */
  serves(member: string): Promise<void>
  /** Has the leader hand over to another member. */
  transferLeadership(to: string): Promise<void>
  /** Strikes a member off the list of a cluster, of which another answers. */
  remove(member: string, by: { readonly via: string }): Promise<void>
  /** Puts a member on the list, where it is to be found once it starts. */
  add(member: string, by: { readonly via: string }): Promise<void>
}

/** A key and its value. */
export interface Pair {
  readonly key: string
  readonly value: string
}

interface Question {
  readonly path: string
  readonly body: unknown
  /** Options of curl about asking again. */
  readonly again?: readonly string[]
}

interface Response {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  readonly body: unknown
  readonly said: string
}

/** Seconds that a client waits: a member that has no leader gives up before. */
const timeoutSeconds = '15'

/** Asks for a status every 0.2 s until it is as expected, as often as is said. */
const untilStatus = `for turn in $(seq "$3"); do
  [ "$(curl --silent --max-time 5 --output /dev/null --write-out '%{http_code}' "$1")" = "$2" ] && exit 0
  sleep 0.2
done`

/** A member without a leader says 503 of its health: asked again for ten seconds, while a leader gives up after one. */
const unhealthy = ['503', '50'] as const

/** A member that runs may not listen yet, and its name may not be known yet: asked again for forty seconds, longer while it is silent. */
const healthy = ['200', '200'] as const

/** A member takes no other in before it has been connected with all of them for five seconds, and says 503 until then. */
const untilConnected = ['--retry', '20', '--retry-delay', '1', '--retry-max-time', '20']

/** The members of an etcd cluster made by `etcdSet`, asked from a Pod that has `curl`. */
export function etcdFrom(client: string, fixtures: DataFixtures, set: string): Etcd {
  const url = (member: string) => `http://${member}.${set}:${etcdPort}`
  const post = async (member: string, { path, body, again = [] }: Question): Promise<Response> => {
    const options = ['--silent', '--show-error', '--max-time', timeoutSeconds, '--write-out', String.raw`\n%{http_code}`, ...again]
    const { exitCode, stdout, stderr } = await fixtures.namespace.exec(client, [
      'curl',
      ...options,
      '--data',
      JSON.stringify(body),
      `${url(member)}/v3/${path}`,
    ])
    const [text = '', status = '0'] = stdout.split(/\n(?=\d+$)/u)
    return exitCode === 0 ? { status: Number(status), ...answerOf(text) } : { status: 0, body: undefined, said: stderr.trim() }
  }
  const needed = async (member: string, question: Question): Promise<unknown> => {
    const response = await post(member, question)
    if (response.status === 200) return response.body
    throw new Inconclusive().withDetails({ reason: { summary: `Member ${member} refused ${question.path}: ${response.said}.` } })
  }
  const listed = async (member: string): Promise<readonly unknown[]> => {
    const members = field(await needed(member, { path: 'cluster/member/list', body: {} }), 'members')
    return Array.isArray(members) ? members : []
  }
  const idOf = async (name: string, via: string): Promise<unknown> => {
    const member = (await listed(via)).find((candidate) => field(candidate, 'name') === name)
    if (member !== undefined) return field(member, 'ID')
    throw new Inconclusive().withDetails({ reason: { summary: `Member ${via} knows no member ${name}.` } })
  }
  const leaderOf = async (member: string): Promise<string> => {
    const id = field(await needed(member, { path: 'maintenance/status', body: {} }), 'leader')
    const leader = (await listed(member)).find((candidate) => field(candidate, 'ID') === id)
    return textOr('nobody', field(leader, 'name'))
  }
  const untilHealthIs = async (member: string, [status, turns]: readonly [string, string]) =>
    void (await fixtures.namespace.exec(client, ['sh', '-c', untilStatus, 'sh', `${url(member)}/health`, status, turns]))
  const keep = (member: string, label: string, answer: Answered) => workloadIn(member, fixtures).keep('answer', label, answer)

  return {
    put: async (member, label, { key, value }) => {
      const response = await post(member, { path: 'kv/put', body: { key: encoded(key), value: encoded(value) } })
      return keep(member, label, answered(response, response.status === 200 ? value : null))
    },
    get: async (member, label, key) => {
      const response = await post(member, { path: 'kv/range', body: { key: encoded(key) } })
      return keep(member, label, answered(response, valueOf(response.body)))
    },
    members: async (member, label) => {
      const names = (await listed(member)).map((candidate) => textOr('not started yet', field(candidate, 'name')))
      return keep(member, label, { outcome: 'done', value: names.toSorted().join(', '), said: 'member list' })
    },
    leader: async (member, label) => keep(member, label, { outcome: 'done', value: await leaderOf(member), said: 'status' }),
    term: async (member, label) => {
      const raftTerm = field(await needed(member, { path: 'maintenance/status', body: {} }), 'raftTerm')
      return keep(member, label, { outcome: 'done', value: typeof raftTerm === 'string' ? raftTerm : null, said: 'status' })
    },
    leaderless: async (member) => untilHealthIs(member, unhealthy),
    serves: async (member) => untilHealthIs(member, healthy),
    transferLeadership: async (to) => {
      const leader = await leaderOf(to)
      if (leader !== to) await needed(leader, { path: 'maintenance/transfer-leadership', body: { targetID: await idOf(to, to) } })
    },
    remove: async (member, { via }) => void (await needed(via, { path: 'cluster/member/remove', body: { ID: await idOf(member, via) } })),
    add: async (member, { via }) =>
      void (await needed(via, { path: 'cluster/member/add', body: { peerURLs: [etcdPeer(set, member)] }, again: untilConnected })),
  }
}

function answerOf(text: string): Pick<Response, 'body' | 'said'> {
  try {
    const body: unknown = JSON.parse(text)
    return { body, said: textOr('done', field(body, 'message')) }
  } catch {
    return { body: undefined, said: text.trim() }
  }
}

function answered({ status, said }: Response, value: string | null): Answered {
  return { outcome: status === 200 ? 'done' : status === 0 ? 'silent' : 'refused', value, said }
}

function valueOf(body: unknown): string | null {
  const pairs = field(body, 'kvs')
  const value = Array.isArray(pairs) ? field(pairs[0], 'value') : undefined
  return typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : null
}

function textOr(otherwise: string, value: unknown): string {
  return typeof value === 'string' ? value : otherwise
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64')
}
