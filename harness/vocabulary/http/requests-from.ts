import type { MeasurementName } from '../../engine/measurement.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'
import type { Requests } from './requests.ts'
import type { NamespaceActs } from '../../engine/fixtures/namespace.ts'
import { field } from '../../engine/object.ts'
import { serverPort } from '../service/named-servers.ts'

/** HTTP requests to the address of a Service, sent from a Pod of ours, each by a connection of its own. */
export interface Requester {
  /** Begins to send ten requests a second to a Service in the background. */
  start(service: string): Promise<void>
  /** Ends the requests to a Service, and keeps how all of them were answered. */
  stop(service: string, label: string): Promise<MeasurementName>
  /**
   * Sends a burst of requests to a Service again and again, until all of one are answered, by just the servers that are named (by none
   * where none is), or the time is over, as nodes hear of a change a moment later. Keeps how the last burst was answered.
   */
  ask(service: string, label: string, by: readonly string[]): Promise<MeasurementName>
}

/** Seconds after which a burst is the last one, and ends. */
const timeoutSeconds = 30

/** Requests of a burst: that one of two servers gets none of them by chance does not happen. */
const burst = 24

const script = String.raw`
const { existsSync } = require('fs')
const { get } = require('http')
const [service, host, wanted] = process.argv.slice(1)
const one = () => new Promise((done) => {
  const request = get({ host, port: ${serverPort}, agent: false, timeout: 2000 }, (answer) => {
    let text = ''
    answer.setEncoding('utf8').on('data', (part) => { text += part }).on('end', () => done({ by: text })).on('error', (error) => done({ error }))
  })
  request.on('timeout', () => request.destroy(new Error('no answer within 2 s'))).on('error', (error) => done({ error }))
})
const count = (counted, { by, error }) => {
  if (error) { counted.failed += 1; counted.failure ??= error.message }
  else counted.answered[by] = (counted.answered[by] ?? 0) + 1
  return counted
}
const none = () => ({ answered: {}, failed: 0, failure: null })
const until = Date.now() + ${timeoutSeconds} * 1000
const inBackground = async (counted) => {
  count(counted, await one())
  if (existsSync('/tmp/stop-' + service)) console.log(JSON.stringify(counted))
  else setTimeout(() => inBackground(counted), 100)
}
const inBursts = async () => {
  const answers = await Promise.all(Array.from({ length: ${burst} }, one))
  const counted = answers.reduce(count, none())
  const asWanted = Object.keys(counted.answered).sort().join() === wanted && (wanted === '' || counted.failed === 0)
  if (asWanted || Date.now() > until) console.log(JSON.stringify(counted))
  else setTimeout(inBursts, 200)
}
wanted === undefined ? inBackground(none()) : inBursts()
`

/** What is needed of the fixtures to send requests to a Service. */
interface ServiceFixtures extends DataFixtures {
  readonly namespace: DataFixtures['namespace'] & Pick<NamespaceActs, 'read'>
}

/** Sends HTTP requests from a Pod. Throws `Inconclusive` when the Pod cannot send any. */
export function requestsFrom(client: string, fixtures: ServiceFixtures): Requester {
  const { exec, keep } = workloadIn(client, fixtures)
  const run = async (...command: readonly string[]) => exec('send HTTP requests', command)
  // By its address: what names resolve to is not what is asked here.
  const addressOf = async (service: string): Promise<string> => {
    const object = await fixtures.namespace.read({ apiVersion: 'v1', kind: 'Service', name: service })
    return String(field(object, 'spec', 'clusterIP'))
  }
  const kept = (service: string, label: string, said: string) => keep('requests', `${service}, ${label}`, JSON.parse(said) as Requests)
  return {
    async start(service) {
      const background = `rm -f /tmp/stop-$2; (node -e "$1" "$2" "$3" > /tmp/answers-$2.part 2>&1; mv /tmp/answers-$2.part /tmp/answers-$2) > /dev/null 2>&1 &`
      await run('bash', '-c', background, 'bash', script, service, await addressOf(service))
    },
    async stop(service, label) {
      const end = 'touch /tmp/stop-$1; until [ -e /tmp/answers-$1 ]; do sleep 0.1; done; cat /tmp/answers-$1; rm /tmp/answers-$1'
      return kept(service, label, await run('bash', '-c', end, 'bash', service))
    },
    async ask(service, label, by) {
      return kept(service, label, await run('node', '-e', script, service, await addressOf(service), by.toSorted().join()))
    },
  }
}
