import type { MeasurementName } from '../../engine/measurement.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { killZooKeeper, zookeeperPort } from './zookeeper.ts'
import type { Answered } from '../service/answer.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'
import type { Pair } from './etcd-from.ts'

/** Servers of a ZooKeeper ensemble, each asked by its own name from a Pod. What they answered is kept in the history. */
export interface ZooKeeper {
  /** Asks a server to store a value under a new key, and keeps its answer. */
  create(member: string, label: string, pair: Pair): Promise<MeasurementName>
  /** Has a server catch up with the leader, asks it for a value, and keeps its answer. */
  get(member: string, label: string, key: string): Promise<MeasurementName>
  /** Keeps the id that the server at each name says it has, as `zk-0: 1, zk-1: 2`. */
  ids(members: readonly string[], label: string): Promise<MeasurementName>
  /** Keeps the roles of servers in alphabetical order, as `follower, follower, leader`. */
  roles(members: readonly string[], label: string): Promise<MeasurementName>
  /** Name of the one among servers that leads. Throws `Inconclusive` when none does. */
  leaderOf(members: readonly string[]): Promise<string>
  /** Waits until a server belongs to a quorum, for as long as it takes to find that a leader is silent and to elect another. */
  serves(member: string): Promise<void>
  /**
   * Gives a server that lost the others the time to say that it serves nobody. One that goes on serving after ten seconds is left alone:
   * what it does is for the suite to judge.
   */
  unserved(member: string): Promise<void>
  /** Kills the server in a Pod, as a crash does. */
  kill(member: string): Promise<void>
}

/** How a value begins that is stored, so that it can be told from whatever else the command line prints. */
const mark = 'value='

/** Sends a word of four letters to a host, and prints what it says. */
const ask = `exec 3<> "/dev/tcp/$1/${zookeeperPort}" && printf '%s' "$2" >&3 && cat <&3`

/** Waits for the name of a host, which some servers of cluster DNS may not tell while a node is lost. */
const untilNamed = `until getent hosts "$2" > /dev/null || [ $SECONDS -ge 15 ]; do sleep 0.3; done`

/** Has a host asked again for so many seconds until what it says matches, or no longer does. */
const askAgain = `until [ $SECONDS -ge "$3" ]; do
  said=$(timeout 5 bash -c "$1" bash "$2" srvr 2>&1)
  [ "$4" = serves ] && [[ $said = *Mode:* ]] && exit 0
  [ "$4" = unserved ] && [[ $said = *"not currently serving"* ]] && exit 0
  sleep 0.3
done`

/** Gives commands to the command line of ZooKeeper, which does them in turn, and prints what it says. */
const command = `printf '%s\\n' "\${@:2}" | timeout 40 zkCli.sh -server "$1" 2>&1`

/** The servers of an ensemble made by `zookeeperSet`, asked from a Pod made by `zookeeperClient`. */
export function zookeeperFrom(client: string, fixtures: DataFixtures, set: string): ZooKeeper {
  const host = (member: string) => `${member}.${set}`
  const bash = async (script: string, ...options: readonly string[]) =>
    (await fixtures.namespace.exec(client, ['bash', '-c', script, 'bash', ...options])).stdout
  const word = async (member: string, four: string) =>
    bash(`${untilNamed}; timeout 5 bash -c "$1" bash "$2" "$3" 2>&1`, ask, host(member), four)
  const roleOf = async (member: string) => /^Mode: (\w+)$/mu.exec(await word(member, 'srvr'))?.[1] ?? 'none'
  const keep = (pod: string, label: string, answer: Answered) => workloadIn(pod, fixtures).keep('answer', label, answer)
  const asked = async (member: string, label: string, commands: readonly string[]) => {
    const answer = answerOf(await bash(command, `${host(member)}:${zookeeperPort}`, ...commands))
    if (answer.outcome !== 'silent') return keep(member, label, answer)
    const said = await word(member, 'srvr')
    return keep(member, label, said.includes('not currently serving') ? { ...answer, outcome: 'refused', said: said.trim() } : answer)
  }
  const listed = async (members: readonly string[], each: (member: string) => Promise<string>) => {
    const found: string[] = []
    for (const member of members) found.push(await each(member))
    return found
  }

  return {
    create: async (member, label, { key, value }) => asked(member, label, [`create /${key} ${mark}${value}`]),
    get: async (member, label, key) => asked(member, label, [`sync /${key}`, `get /${key}`]),
    async ids(members, label) {
      const idOf = async (member: string) => /^serverId=(\d+)$/mu.exec(await word(member, 'conf'))?.[1] ?? 'none'
      const value = (await listed(members, async (member) => `${member}: ${await idOf(member)}`)).join(', ')
      return keep(client, label, { outcome: 'done', value, said: 'conf' })
    },
    async roles(members, label) {
      const value = (await listed(members, roleOf)).toSorted().join(', ')
      return keep(client, label, { outcome: 'done', value, said: 'srvr' })
    },
    async leaderOf(members) {
      const roles = await listed(members, roleOf)
      const leader = members.find((_, place) => roles[place] === 'leader')
      if (leader !== undefined) return leader
      throw new Inconclusive().withDetails({ reason: { summary: `None of ${members.join(', ')} leads: ${roles.join(', ')}.` } })
    },
    serves: async (member) => void (await bash(askAgain, ask, host(member), '45', 'serves')),
    unserved: async (member) => void (await bash(askAgain, ask, host(member), '10', 'unserved')),
    kill: async (member) => void (await fixtures.namespace.exec(member, killZooKeeper)),
  }
}

/** What the command line of ZooKeeper printed, as an answer. A connection that was lost tells nothing. */
export function answerOf(printed: string): Answered {
  const value = new RegExp(`^${mark}(.*)$`, 'mu').exec(printed)?.[1]
  if (value !== undefined) return { outcome: 'done', value, said: 'done' }
  if (/^Created \//mu.test(printed)) return { outcome: 'done', value: null, said: 'created' }
  if (/Node does not exist: \//u.test(printed)) return { outcome: 'done', value: null, said: 'no such node' }
  const said = /^.*(?:KeeperErrorCode = .*|Node already exists: .*)$/mu.exec(printed)?.[0] ?? printed.trim().split('\n').at(-1) ?? ''
  return { outcome: said.includes('Node already exists') ? 'refused' : 'silent', value: null, said }
}
