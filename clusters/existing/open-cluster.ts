import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ApiException, KubeConfig, VersionApi } from '@kubernetes/client-node'
import { clusterApi, type ClusterApi } from '../api.ts'
import { SetupError } from '../setup-error.ts'
import { within } from './within.ts'

/** Kubeconfig and context of a cluster. */
export interface ClusterPlace {
  /** Path of a kubeconfig file. */
  readonly kubeconfig: string
  /** Context in that file; its current one when absent. */
  readonly context?: string | undefined
}

/** A reachable cluster and its clients. */
export interface OpenCluster {
  readonly api: ClusterApi
  /** Address of the API server, as the kubeconfig has it. */
  readonly server: string
  readonly context: string
  /** Version of the API server, such as `v1.36.3`. */
  readonly version: string
}

/** How long the API server has for its first answer, in seconds. */
const answersWithin = 10

/** Opens a cluster and asks its API server for its version. Throws a `SetupError` of one sentence when it cannot be asked. */
export async function openCluster(place: ClusterPlace, seconds: number = answersWithin): Promise<OpenCluster> {
  const { api, server, context } = readKubeconfig(place)
  const proxy = proxyOf(api)
  const by = proxy === undefined ? '' : `, reached by proxy ${proxy},`
  const silent = new SetupError(`The API server at ${server}${by} did not answer within ${seconds} s.`, { fix: reachFix(place) })
  try {
    const { gitVersion } = await within(api.config.makeApiClient(VersionApi).getCode(), { seconds, otherwise: silent })
    if (typeof gitVersion !== 'string') throw notKubernetes(server, 'the answer to GET /version has no version')
    return { api, server, context, version: gitVersion }
  } catch (error) {
    throw error instanceof SetupError ? error : explained(error, { api, server, context, place })
  }
}

function readKubeconfig({ kubeconfig, context }: ClusterPlace): Omit<OpenCluster, 'version'> {
  try {
    const config = new KubeConfig()
    config.loadFromFile(kubeconfig)
    if (context !== undefined) config.setCurrentContext(context)
    const name = config.getCurrentContext()
    const cluster = config.getCurrentCluster()
    if (cluster === null) throw new Error(`context ${name} has no cluster in the file`)
    if (config.getCurrentUser() === null) throw new Error(`context ${name} has no user in the file`)
    if (!/^https?:/.test(cluster.server) || !URL.canParse(cluster.server))
      throw new Error(`${cluster.server} is not a valid server address`)
    return { api: clusterApi(kubeconfig, context), server: cluster.server, context: name }
  } catch (error) {
    throw new SetupError(`The kubeconfig ${kubeconfig} cannot be used: ${messageOf(error)}.`, {
      fix: `Check it with "kubectl --kubeconfig ${kubeconfig} config view".`,
      cause: error,
    })
  }
}

function reachFix({ kubeconfig, context }: ClusterPlace): string {
  return `Check that "kubectl --kubeconfig ${kubeconfig}${context === undefined ? '' : ` --context ${context}`} version" answers.`
}

function notKubernetes(server: string, seen: string): SetupError {
  return new SetupError(`The server at ${server} is not a Kubernetes API server: ${seen}.`, {
    fix: 'Correct the address of the cluster in the kubeconfig.',
  })
}

interface Asked extends Omit<OpenCluster, 'version'> {
  readonly place: ClusterPlace
}

function explained(error: unknown, { api, server, context, place }: Asked): SetupError {
  if (error instanceof ApiException) return refused(error.code, { api, server, context, place })
  const proxy = proxyOf(api)
  const ofProxy = proxy === undefined ? undefined : proxyError(error, proxy, { api, server, context, place })
  if (ofProxy !== undefined) return ofProxy
  const code = codeOf(error)
  const reason = code === undefined ? undefined : networkReasons[code]
  const sentence = reason === undefined ? certificateSentence(code) : () => `No API server answers at ${server}: ${reason}`
  if (sentence !== undefined) return new SetupError(`${sentence(server)} (${code}).`, { fix: reachFix(place), cause: error })
  const plugIn = api.config.getCurrentUser()?.exec as { readonly command?: string } | undefined
  if (plugIn?.command !== undefined) {
    return new SetupError(`The credential plug-in ${plugIn.command} of context ${context} failed: ${messageOf(error)}.`, {
      fix: `Install ${plugIn.command} or log in again, then run the same command.`,
      cause: error,
    })
  }
  const by = proxy === undefined ? '' : ` by proxy ${proxy}`
  return new SetupError(`The request to the API server at ${server}${by} failed: ${messageOf(rootOf(error))}.`, {
    fix: reachFix(place),
    cause: error,
  })
}

function refused(code: number, { api, server, context, place }: Asked): SetupError {
  if (code === 401) {
    const expired = expiryOf(api)
    const why = expired === undefined ? '' : `: its client certificate expired on ${expired.toISOString().slice(0, 10)}`
    return new SetupError(`The API server at ${server} does not accept the credentials of context ${context} (401)${why}.`, {
      fix: `Renew them, for example by logging in again. ${reachFix(place)}`,
    })
  }
  if (code === 403) {
    return new SetupError(`The API server at ${server} does not allow the user of context ${context} to read its version (403).`, {
      fix: 'Bind the ClusterRole system:public-info-viewer to that user, or use another context.',
    })
  }
  if (code >= 500) return new SetupError(`The API server at ${server} is not ready: it responded with ${code}.`, { fix: reachFix(place) })
  return notKubernetes(server, `GET /version returned ${code}`)
}

/** When the client certificate ended; undefined when there is none, or when it is still valid. */
function expiryOf(api: ClusterApi): Date | undefined {
  const { certData, certFile } = api.config.getCurrentUser() ?? {}
  if (certData === undefined && certFile === undefined) return undefined
  try {
    const { validToDate } = new X509Certificate(certData === undefined ? readFileSync(certFile ?? '') : Buffer.from(certData, 'base64'))
    return validToDate.getTime() < Date.now() ? validToDate : undefined
  } catch {
    return undefined
  }
}

/** Why there is no connection, by the code of the error. */
const networkReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_PRX_CONN: 'the connection was closed',
  ENOTFOUND: 'its host name does not resolve',
  EAI_AGAIN: 'the DNS lookup of its host name failed',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
}

/** Address of the proxy on the way to the API server, without its password; undefined when there is none. */
function proxyOf(api: ClusterApi): string | undefined {
  const { proxyUrl } = api.config.getCurrentCluster() ?? {}
  if (proxyUrl === undefined || !URL.canParse(proxyUrl)) return proxyUrl
  const { protocol, host } = new URL(proxyUrl)
  return `${protocol}//${host}`
}

/** What is wrong with the proxy: connections are made to it alone. Undefined when it let the request through. */
function proxyError(error: unknown, proxy: string, { server, place }: Asked): SetupError | undefined {
  const status = /^Proxy response \((\d+)\)/.exec(messageOf(rootOf(error)))?.[1]
  if (status !== undefined) {
    const fix = status === '407' ? 'Put its user and password into proxy-url of the kubeconfig. ' : ''
    const what = `The proxy ${proxy} does not lead to the API server at ${server}: it responded with ${status}.`
    return new SetupError(what, { fix: `${fix}${reachFix(place)}`, cause: error })
  }
  const code = codeOf(error)
  const reason = code === undefined ? undefined : networkReasons[code]
  if (reason === undefined) return undefined
  return new SetupError(`No proxy answers at ${proxy}, by which the API server at ${server} is reached: ${reason} (${code}).`, {
    fix: `Start it, or correct proxy-url in the kubeconfig. ${reachFix(place)}`,
    cause: error,
  })
}

type Sentence = (server: string) => string

function certificateSentence(code: string | undefined): Sentence | undefined {
  if (code === 'CERT_HAS_EXPIRED') return (server) => `The certificate of the API server at ${server} has expired`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return (server) => `The certificate of the API server at ${server} is for another host`
  if (code !== undefined && /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_SIGNATURE|CERT_UNTRUSTED/.test(code))
    return (server) => `The certificate of the API server at ${server} is not signed by the certificate authority of the kubeconfig`
  return undefined
}

/** The first error code in a chain of causes. */
function codeOf(error: unknown): string | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code
    if (each instanceof AggregateError) return codeOf(each.errors[0])
  }
  return undefined
}

/** The cause of all others, which says most: `fetch failed` says nothing. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return (text.trim().split('\n')[0] ?? text).replace(/\.$/, '')
}
