import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { auditIDHeader, userAgent as ownUserAgent } from '../../../contract/audit.ts'
import type { ObservedObject } from '../history/history-entry.ts'
import { ApiError, isUnauthorised, refused, unanswered } from './api-error.ts'
import { agentOf, type Connection } from './connection.ts'
import { type ApiResource, discover } from './resources.ts'
import { untilTaken } from './until-taken.ts'
import { warningsIn } from './warnings.ts'

/** One request. `query` values that are undefined are left out. */
export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  readonly contentType?: string
  /** Seconds until the request is given up. */
  readonly within?: number
  readonly signal?: AbortSignal
  /** User in whose name it is sent, where that is not the one of the kubeconfig. */
  readonly as?: string | undefined
  /** The ID by which the audit log of the API server knows it; made up there when absent. */
  readonly auditID?: string
  /** Who it says sends it; Holdfast when absent. */
  readonly userAgent?: string | undefined
  /** Gets what the API server warns of in its answer, such as that a field is deprecated. */
  readonly onWarnings?: (warnings: readonly string[]) => void
}

/** An open way to an API server. */
export interface KubernetesApi {
  readonly connection: Connection
  /**
   * Sends a request and resolves to the JSON answer. What the server does not take for the moment (429, 503) is sent again within the limit
   * of the request. Throws `ApiError` for any other answer but 2xx and for none.
   */
  send<Answer = ObservedObject>(request: ApiRequest): Promise<Answer>
  /**
   * Sends a GET and resolves as soon as the answer begins, to be read as it comes. Throws `ApiError` when it does not begin within `within`
   * seconds.
   */
  open(request: Pick<ApiRequest, 'path' | 'query' | 'signal' | 'within' | 'userAgent'>): Promise<IncomingMessage>
  /** The text of a GET, for logs. */
  read(request: Pick<ApiRequest, 'path' | 'query' | 'signal'>): Promise<string>
  /** Where objects of a kind live. Asked of the API server once. */
  resource(apiVersion: string, kind: string): Promise<ApiResource>
  close(): void
}

const requestLimit = 30

/**
 * Seconds after which the kernel asks whether the other side of a quiet connection is still there. It takes ten lost answers for its end.
 */
const keepAliveDelay = 15

/** Seconds after which an idle connection is closed: before an API server closes it, perhaps under the next request. */
const idleLimit = 20

/** Opens the way to an API server. Watches get a connection of their own each. */
export function openApi(given: Connection): KubernetesApi {
  const { requests } = given
  let connection = given
  let pool = poolOf(connection)

  const begin = async (request: ApiRequest, agent = agentOf(connection)): Promise<IncomingMessage> => {
    const { method = 'GET', path, query = {}, body, contentType, signal, as, auditID, userAgent = ownUserAgent } = request
    requests?.add({ method, path, query, contentType, body, as })
    const { server, tls, headers } = connection
    const url = new URL(`${server.pathname.replace(/\/$/, '')}${path}`, server)
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value)
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
    const options = {
      ...tls,
      agent,
      method,
      ...(signal && { signal }),
      headers: {
        // A kubelet serves its logs as anything but JSON.
        accept: 'application/json, */*',
        'user-agent': userAgent,
        ...headers,
        ...(auditID !== undefined && { [auditIDHeader]: auditID }),
        ...(as !== undefined && { 'impersonate-user': as }),
        ...(payload && { 'content-type': contentType ?? 'application/json', 'content-length': String(payload.length) }),
      },
    }
    return new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = server.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options)
      outgoing.on('response', resolve)
      outgoing.on('error', (cause) => {
        // The server had closed the idle connection before it saw the request, so asking again on a new one asks once.
        if (agent === pool && method === 'GET' && outgoing.reusedSocket && isReset(cause)) resolve(begin(request))
        else reject(unanswered(`${method} ${path}`, cause))
      })
      outgoing.setNoDelay(true)
      outgoing.setSocketKeepAlive(true, keepAliveDelay * 1000)
      outgoing.end(payload)
    })
  }

  /** Sends a request again with newer credentials when those it was sent with are no longer valid. */
  const authorised = async <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
    const used = connection
    try {
      return await send()
    } catch (error) {
      if (used.renew === undefined || !isUnauthorised(error)) throw error
      if (connection === used) {
        const renewed = await used.renew()
        connection = { ...renewed, ...(requests && { requests }) }
        pool = poolOf(connection)
      }
      return send()
    }
  }

  const answered = async (request: ApiRequest): Promise<string> => {
    const signal = limited(request)
    const what = `${request.method ?? 'GET'} ${request.path}`
    const send = async () => {
      const response = await begin({ ...request, signal }, pool)
      try {
        const answer = await text(response)
        if (!succeeded(response)) throw refused(what, response, answer)
        request.onWarnings?.(warningsIn(response.headersDistinct['warning']))
        return answer
      } catch (error) {
        throw error instanceof ApiError ? error : unanswered(what, error)
      }
    }
    return untilTaken(async () => authorised(send), { signal, requests })
  }

  const open = async (request: ApiRequest): Promise<IncomingMessage> => {
    const limit = limited(request)
    // The limit ends with the beginning of the answer, the signal of the caller does not.
    const stop = new AbortController()
    const end = () => stop.abort(limit.reason)
    limit.addEventListener('abort', end)
    if (limit.aborted) end()
    const signal = request.signal ? AbortSignal.any([request.signal, stop.signal]) : stop.signal
    const send = async () => {
      const response = await begin({ ...request, signal })
      if (succeeded(response)) return response
      throw refused(`GET ${request.path}`, response, await text(response).catch(() => ''))
    }
    try {
      return await untilTaken(async () => authorised(send), { signal: limit, requests })
    } finally {
      limit.removeEventListener('abort', end)
    }
  }

  const api: KubernetesApi = {
    get connection() {
      return connection
    },
    send: async (request) => JSON.parse(await answered(request)),
    read: answered,
    open,
    resource: discover((path) => api.send({ path })),
    close: () => pool.destroy(),
  }
  return api
}

function poolOf(connection: Connection) {
  return agentOf(connection, { keepAlive: true, maxSockets: 20, timeout: idleLimit * 1000 })
}

/** Aborted when a request has taken as long as it may, or its caller has given up. */
function limited({ within = requestLimit, signal }: ApiRequest): AbortSignal {
  const limit = AbortSignal.timeout(Math.ceil(within * 1000))
  return signal ? AbortSignal.any([signal, limit]) : limit
}

function isReset(cause: NodeJS.ErrnoException): boolean {
  return cause.code === 'ECONNRESET' || cause.code === 'EPIPE'
}

function succeeded({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300
}
