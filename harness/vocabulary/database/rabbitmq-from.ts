import type { MeasurementName } from '../../engine/measurement.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { field } from '../../engine/object.ts'
import { type Limit, secondsOf } from '../../engine/platform-limits.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'
import type { Answered } from '../service/answer.ts'
import { rabbitApiPort, rabbitLog } from './rabbitmq.ts'

/**
 * Nodes of a RabbitMQ cluster, each asked by the name of its Pod over the HTTP API of RabbitMQ. What they answered is kept in the history.
 * See https://www.rabbitmq.com/docs/management#http-api
 */
export interface Rabbit {
  /** Keeps the names of all nodes, in alphabetical order, as one of them knows them. One that does not run is said to be away. */
  members(pod: string, label: string): Promise<MeasurementName>
  /** Makes a durable queue: a quorum queue with a member on each node that runs, or one that is on the node of the Pod alone. */
  declare(pod: string, queue: string, kind: 'quorum' | 'classic'): Promise<void>
  /**
   * Has a node put a message into a queue, and keeps whether that was confirmed to the publisher: nothing is kept for a message that the
   * node took and did not confirm for fifteen seconds.
   */
  publish(pod: string, label: string, message: Message): Promise<MeasurementName>
  /** Takes messages out of a queue for good, all there are unless told otherwise, and keeps their texts in order. */
  take(pod: string, label: string, from: { readonly queue: string; readonly count?: number }): Promise<MeasurementName>
  /**
   * Keeps what a node that starts says in its log: `waits` once it has waited for its peers a whole round in vain, which takes 30 s, or
   * `started`, whichever it says first. Nothing is kept of a node that says neither in time: it may only be slow.
   * See https://www.rabbitmq.com/docs/clustering#restarting
   */
  start(pod: string, label: string, waiting: { readonly within: Limit }): Promise<MeasurementName>
}

/** A message for a queue. */
export interface Message {
  readonly queue: string
  readonly text: string
  /** A transient one may be forgotten when its node stops; a message is persistent unless told otherwise. */
  readonly delivery?: 'persistent' | 'transient'
}

interface Question {
  readonly method: 'GET' | 'PUT' | 'POST'
  readonly path: string
  readonly body?: unknown
}

interface Response {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  /** Whether the node has the question, and gave no answer in time. */
  readonly isWaiting: boolean
  readonly body: unknown
  readonly said: string
}

/** Seconds that a client waits: what is confirmed is confirmed within one. */
const timeoutSeconds = 15

/** Exit code of `curl` once that time is over. */
const outOfTime = 28

/** More messages than any suite has in a queue. */
const all = 100

const host = '%2F'

/**
 * What a node says when it begins the second round of waiting: for the tables of its peers, or from RabbitMQ 4 on for a leader among them.
 * The first round has nine others left, and a node that did not wait has it too.
 */
const waitsOn = '(Mnesia tables|Khepri leader) for [0-9]+ ms, 8 retries left'

const startedUp = 'Server startup complete'

/** Has a log read again for so many seconds until a line of it matches; prints that line and those before it, which say why. */
const readLog = `while true; do
  grep -E -m 1 -B 6 "$2" "$1" 2> /dev/null && exit 0
  [ $SECONDS -ge "$3" ] && exit 0
  sleep 0.3
done`

/** Seconds after which the log is read by another command: shorter than a command may take. */
const readSeconds = 45

/** The nodes of a RabbitMQ cluster made by `rabbitSet`, asked from a Pod that has `curl`. */
export function rabbitFrom(client: string, fixtures: DataFixtures, set: string): Rabbit {
  const asked = async (pod: string, { method, path, body }: Question): Promise<Response> => {
    const url = `http://${pod}.${set}:${rabbitApiPort}/api/${path}`
    const options = ['--silent', '--show-error', '--user', 'guest:guest', '--max-time', String(timeoutSeconds), '--request', method]
    const data = body === undefined ? [] : ['--header', 'content-type: application/json', '--data', JSON.stringify(body)]
    const says = ['--write-out', String.raw`\n%{http_code} %{size_upload}`]
    const { exitCode, stdout, stderr } = await fixtures.namespace.exec(client, ['curl', ...options, ...data, ...says, url])
    const [, text = '', status = '0', upload = '0'] = /^(.*)\n(\d+) (\d+)$/su.exec(stdout) ?? []
    return { status: Number(status), isWaiting: exitCode === outOfTime && Number(upload) > 0, ...answerOf(text, stderr) }
  }
  const needed = async (pod: string, question: Question): Promise<unknown> => {
    const { status, body, said } = await asked(pod, question)
    if (isDone(status)) return body
    throw new Inconclusive().withDetails({ reason: { summary: `The node of Pod ${pod} refused ${question.path}: ${said}.` } })
  }
  const keep = (pod: string, label: string, answer: Answered) => workloadIn(pod, fixtures).keep('answer', label, answer)

  return {
    async members(pod, label) {
      const names = listOf(await needed(pod, { method: 'GET', path: 'nodes?columns=name,running' })).map(
        (node) => `${String(field(node, 'name'))}${field(node, 'running') === true ? '' : ' (away)'}`,
      )
      return keep(pod, label, { outcome: 'done', value: names.toSorted().join(', '), said: 'nodes' })
    },
    async declare(pod, queue, kind) {
      const body = { durable: true, arguments: { 'x-queue-type': kind } }
      await needed(pod, { method: 'PUT', path: `queues/${host}/${queue}`, body })
    },
    async publish(pod, label, { queue, text, delivery = 'persistent' }) {
      const properties = { delivery_mode: delivery === 'persistent' ? 2 : 1 }
      const body = { properties, routing_key: queue, payload: text, payload_encoding: 'string' }
      const response = await asked(pod, { method: 'POST', path: `exchanges/${host}/amq.default/publish`, body })
      const unconfirmed = { outcome: 'done', value: null, said: `no confirmation within ${timeoutSeconds} s` } as const
      const value = field(response.body, 'routed') === true ? 'confirmed' : 'in no queue'
      return keep(pod, label, response.isWaiting ? unconfirmed : answered(response, value))
    },
    async take(pod, label, { queue, count = all }) {
      const body = { count, ackmode: 'ack_requeue_false', encoding: 'auto' }
      const response = await asked(pod, { method: 'POST', path: `queues/${host}/${queue}/get`, body })
      const texts = listOf(response.body).map((message) => String(field(message, 'payload')))
      return keep(pod, label, answered(response, texts.length === 0 ? null : texts.join(', ')))
    },
    async start(pod, label, { within }) {
      const until = Date.now() + secondsOf(within) * 1000
      let printed = ''
      do {
        const seconds = Math.min(readSeconds, Math.max(0, Math.ceil((until - Date.now()) / 1000)))
        const command = ['bash', '-c', readLog, 'bash', rabbitLog, `${waitsOn}|${startedUp}`, String(seconds)]
        printed = (await fixtures.namespace.exec(pod, command)).stdout.trim()
      } while (printed === '' && Date.now() < until)
      if (printed !== '')
        return keep(pod, label, { outcome: 'done', value: new RegExp(waitsOn, 'u').test(printed) ? 'waits' : 'started', said: printed })
      const said = `Its log says neither that it waits for its peers nor that it has started, after ${secondsOf(within)} s.`
      return keep(pod, label, { outcome: 'silent', value: null, said })
    },
  }
}

function isDone(status: number): boolean {
  return status >= 200 && status < 300
}

function answered({ status, said }: Response, value: string | null): Answered {
  if (isDone(status)) return { outcome: 'done', value, said }
  return { outcome: status === 0 ? 'silent' : 'refused', value: null, said }
}

function answerOf(text: string, error: string): Pick<Response, 'body' | 'said'> {
  try {
    const body: unknown = JSON.parse(text)
    const reason = field(body, 'reason')
    return { body, said: typeof reason === 'string' ? reason : 'done' }
  } catch {
    return { body: undefined, said: [text.trim(), error.trim()].find((words) => words !== '') ?? 'done' }
  }
}

function listOf(body: unknown): readonly unknown[] {
  return Array.isArray(body) ? body : []
}
