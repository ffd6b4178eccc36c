import { addressOf, type Resolution } from './resolves-to.ts'
import type { MeasurementName } from '../../engine/measurement.ts'
import type { History } from '../../engine/history/history.ts'
import { type Limit, secondsOf } from '../../engine/platform-limits.ts'
import { catchUpOn } from '../../engine/judge/catch-up-on.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'

/** Cluster DNS, asked from a Pod of ours. What it answered is kept in the history. */
export interface Names {
  /** The domain of the cluster, as the kubelet wrote it down for the Pod: `cluster.local` as a rule. */
  readonly domain: string
  /**
   * Asks for the addresses of a name in the namespace of the Pod, such as `web-0.web`, again and again until they are those that the
   * objects have now, or the time is over. Keeps the last answer, to be judged with `resolvesTo`.
   */
  ask(name: string, when: string, expected: Omit<Resolution, 'found'>): Promise<Resolution>
  /**
   * Asks for names in the namespace of the Pod again and again for as long as told, and keeps whatever was answered meanwhile, to be judged
   * with `neverAnswered`.
   */
  watch(names: readonly string[], when: string, watching: { readonly for: Limit }): Promise<MeasurementName>
  /** Asks for the addresses of a full name, such as `web-0.web.hf-example.svc.cluster.local`, once, and keeps the answer. */
  askInFull(name: string, when: string, expected: Omit<Resolution, 'found'>): Promise<Resolution>
  /** Asks for the targets of a named port of a Service until they are as expected, and keeps them as `<host below the Service>:<port>`. */
  targets(service: string, port: string, expected: readonly string[]): Promise<MeasurementName>
  /** Keeps what the HTTP server behind a name says. */
  greeting(host: string, port: number): Promise<MeasurementName>
  /** Keeps the full name that the Pod has for itself. */
  ownName(): Promise<MeasurementName>
}

/** Seconds after which an answer is taken for the last one: longer than DNS lets a record live by default. */
const timeoutSeconds = 40

const script = String.raw`
const { Resolver } = require('dns').promises
const { readFileSync } = require('fs')
const [kind, name, wanted] = process.argv.slice(1)
const search = /^search (\S+)/m.exec(readFileSync('/etc/resolv.conf', 'utf8'))[1]
const resolver = new Resolver({ timeout: 2000, tries: 2 })
const full = kind === 'in-full' ? name : name + '.' + search
const none = (error) => { if (['ENOTFOUND', 'ENODATA'].includes(error.code)) return []; throw error }
const ask = async () => {
  if (kind === 'search') return [search]
  if (kind === 'addresses' || kind === 'in-full') return (await resolver.resolve4(full).catch(none)).sort()
  if (kind === 'greeting') return [await (await fetch('http://' + name + ':' + wanted)).text()]
  const targets = await resolver.resolveSrv(full).catch(none)
  const service = '.' + name.split('.').slice(2).join('.') + '.' + search
  return targets.map((one) => one.name.replace(service, '') + ':' + one.port).sort()
}
const until = Date.now() + (kind === 'watch' ? wanted : ${timeoutSeconds}) * 1000
const answers = new Set()
let asked = 0
const watch = async () => {
  for (const one of name.split(',')) for (const address of await resolver.resolve4(one + '.' + search).catch(none)) answers.add(one + ' ' + address)
  asked += 1
  if (Date.now() > until) console.log(JSON.stringify([String(asked), ...answers]))
  else setTimeout(() => watch().catch(fail), 200)
}
const look = async () => {
  const found = await ask()
  if (!['addresses', 'targets'].includes(kind) || found.join() === wanted || Date.now() > until) console.log(JSON.stringify(found))
  else setTimeout(() => look().catch(fail), 200)
}
const fail = (error) => { console.error(error.message); process.exit(1) }
(kind === 'watch' ? watch() : look()).catch(fail)
`

/** Cluster DNS as a Pod of ours sees it. Throws `Inconclusive` when the Pod cannot ask. */
export async function namesFrom(client: string, fixtures: DataFixtures & { readonly history: History }): Promise<Names> {
  const { namespace, history } = fixtures
  const { exec, keep } = workloadIn(client, fixtures)
  const asked = async (...words: readonly string[]) =>
    JSON.parse(await exec('ask cluster DNS', ['node', '-e', script, ...words])) as readonly string[]
  const [search = ''] = await asked('search')
  return {
    domain: search.replace(/^[^.]+\.svc\./u, ''),
    async ask(name, when, { pods = [], service }) {
      await catchUpOn(history, service === undefined ? ['Pod'] : ['Pod', 'Service'])
      const { entries } = history
      const ofPods = pods.map((pod) => addressOf(entries, 'Pod', pod))
      const ofService = service === undefined ? [] : [addressOf(entries, 'Service', service)]
      const wanted = [...ofPods, ...ofService].filter((address) => address !== undefined).toSorted()
      const found = keep('addresses', `${name}, ${when}`, await asked('addresses', name, wanted.join(',')))
      return { found, pods, ...(service !== undefined && { service }) }
    },
    async watch(asking, when, { for: limit }) {
      const [times = '0', ...answers] = await asked('watch', asking.join(','), String(secondsOf(limit)))
      return keep('answers', `${asking.join(', ')}, ${when}`, { times: Number(times), answers })
    },
    async askInFull(name, when, expected) {
      return { found: keep('addresses', `${name}, ${when}`, await asked('in-full', name)), ...expected }
    },
    async targets(service, port, expected) {
      const found = await asked('targets', `_${port}._tcp.${service}`, expected.join(','))
      return keep('answer', `targets of port ${port} of ${service}`, { outcome: 'done', value: found.join(', '), said: 'SRV records' })
    },
    async greeting(host, port) {
      const said = await asked('greeting', host, String(port))
      return keep('answer', `HTTP request to ${host}`, { outcome: 'done', value: said.join(', '), said: 'HTTP' })
    },
    async ownName() {
      const { stdout } = await namespace.exec(client, ['hostname', '--fqdn'])
      return keep('answer', 'full name', { outcome: 'done', value: stdout.trim(), said: 'hostname --fqdn' })
    },
  }
}
