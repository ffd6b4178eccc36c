import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { execa } from 'execa'
import { temporaryPrefix } from '../../../contract/owner.ts'
import { rightsOfRequest } from '../../../contract/rights-of-request.ts'
import type { History } from '../../engine/history/history.ts'
import { act } from '../../engine/kubernetes/act.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import { ApiError } from '../../engine/kubernetes/api-error.ts'
import { type ForwardedRequest, openLocalProxy } from '../../engine/kubernetes/local-proxy.ts'
import { limits } from '../../engine/limits.ts'
import type { Measure } from '../../engine/measurement.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { type KubectlCommand, type KubectlRun, kubectlSubject } from './kubectl-run.ts'

/** How a command of kubectl ended, and its name in the history. */
export interface KubectlResult extends KubectlCommand {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** How a command is run. */
export interface KubectlOptions {
  /** Name in the history, where the command is run more than once; the command itself when absent. */
  readonly label?: string
  readonly stdin?: string
  /** Files in the directory in which the command is run, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** Program and its options with which `kubectl edit` has a file changed, such as `sed -i s/1Gi/2Gi/`. */
  readonly editor?: string
  /** Seconds until it must have ended; `limits.kubectlEnded` when absent. */
  readonly within?: number
}

/**
 * kubectl on this machine with the credentials of the run, in the namespace of the guarantee. Each command is an act, and what it printed
 * is kept in the history. An exit code other than 0 does not throw. See https://kubernetes.io/docs/reference/kubectl/
 */
export interface Kubectl {
  /** Runs a command as it is typed behind `kubectl`, and waits for its end: `['describe', 'pvc', 'data']`. */
  run(args: readonly string[], options?: KubectlOptions): Promise<KubectlResult>
  /** Runs a port-forward to a free port, `['port-forward', 'pod/web-0', ':8080']`, fetches a path through it and ends it. */
  fetch(args: readonly string[], options: KubectlOptions & { readonly path: string }): Promise<KubectlResult>
}

/** kubectl for a namespace. */
export function kubectlIn(of: {
  readonly api: KubernetesApi
  readonly history: History
  readonly namespace: string
  /** Its path; absent where the cluster lacks the feature `Kubectl`. */
  readonly program: string | undefined
  readonly measure: Measure
  readonly signal: AbortSignal
}): Kubectl {
  const run = async (args: readonly string[], options: KubectlOptions & { readonly path?: string }): Promise<KubectlResult> => {
    const command = ['kubectl', ...args].map(shown).join(' ')
    const { label = command, stdin, files } = options
    const request = { command, ...(stdin !== undefined && { stdin }), ...(files && { files }) }
    const { history } = of
    const send = async () => runOnce({ ...of, args, command, options })
    const answer = ({ exitCode }: KubectlRun) => ({ code: 200, reason: 'OK', message: `exit code ${exitCode}` })
    const ended = await act({ history, verb: 'kubectl', subject: kubectlSubject, request, send, answer })
    of.measure('kubectl', label, { subject: kubectlSubject, value: ended })
    const { exitCode, stdout, stderr } = ended
    return { label, exitCode, stdout, stderr }
  }
  return { run: async (args, options = {}) => run(args, options), fetch: run }
}

/** Exit code of a port-forward that does not turn its end by SIGINT into one of its own. */
const endedBySignal = 130

/** An argument as a shell takes it. */
function shown(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`
}

async function runOnce(of: {
  readonly api: KubernetesApi
  readonly namespace: string
  readonly program: string | undefined
  readonly args: readonly string[]
  readonly command: string
  readonly options: KubectlOptions & { readonly path?: string }
  readonly signal: AbortSignal
}): Promise<KubectlRun> {
  const { api, namespace, program, args, command, signal } = of
  const { stdin = '', files = {}, within = limits.kubectlEnded, path, editor } = of.options
  if (program === undefined) throw new Inconclusive().withDetails({ reason: { summary: 'The cluster lacks the feature Kubectl.' } })
  await using stack = new AsyncDisposableStack()
  const home = await mkdtemp(join(tmpdir(), temporaryPrefix('kubectl')))
  stack.defer(async () => rm(home, { recursive: true, force: true }))
  const ended = AbortSignal.any([signal, AbortSignal.timeout(within * 1000)])
  const { address, forwarded } = stack.use(await openLocalProxy({ api, signal: ended }))
  const kubeconfig = join(home, '.kubeconfig')
  await writeFile(kubeconfig, kubeconfigFor({ server: address, namespace }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(home, name), text)
  const child = execa(program, args, {
    cwd: home,
    // Neither settings nor credentials of whoever starts the run.
    extendEnv: false,
    env: { PATH: process.env['PATH'], HOME: home, KUBECONFIG: kubeconfig, ...(editor !== undefined && { KUBE_EDITOR: editor }) },
    ...{ input: stdin, reject: false, stripFinalNewline: false, cancelSignal: ended },
  } as const)
  const page = path === undefined ? undefined : await fetchedThrough(child.stdout, { path, signal: ended })
  if (path !== undefined) child.kill('SIGINT')
  const { exitCode, stdout, stderr, shortMessage } = await child
  const untaken = forwarded.find(({ code }) => code === 0 || code === 429 || code >= 500)
  if ((exitCode === undefined && page === undefined) || (exitCode !== 0 && page === undefined && untaken !== undefined)) {
    const why = untaken === undefined ? (shortMessage ?? '') : `${untaken.method} ${untaken.path} returned ${untaken.code}`
    throw new ApiError({ code: 0, reason: 'NoAnswer', message: `"${command}" did not come to its end: ${why}. ${stderr}`.trim() })
  }
  return { command, exitCode: exitCode ?? endedBySignal, stdout, stderr, requests: forwarded.filter(takesRights), ...(page && { page }) }
}

/** What discovery asks takes no rights. */
function takesRights(request: ForwardedRequest): boolean {
  return rightsOfRequest(request).length > 0
}

/** Fetches a path through the port that a port-forward says it listens on; undefined where nothing came. */
async function fetchedThrough(
  stdout: Readable,
  { path, signal }: { readonly path: string; readonly signal: AbortSignal },
): Promise<KubectlRun['page']> {
  const port = await listeningPort(stdout)
  if (port === undefined) return undefined
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal })
    return { status: response.status, body: await response.text() }
  } catch {
    return undefined
  }
}

/** The port that a port-forward prints once it listens; undefined where it ends without. */
async function listeningPort(stdout: Readable): Promise<string | undefined> {
  let text = ''
  return new Promise((resolve) => {
    stdout.on('data', (part: Buffer) => {
      text += part.toString('utf8')
      const port = /^Forwarding from 127\.0\.0\.1:(\d+) /m.exec(text)?.[1]
      if (port !== undefined) resolve(port)
    })
    stdout.on('close', () => resolve(undefined))
  })
}

/** A kubeconfig as `kubectl config` writes it; JSON is YAML. */
function kubeconfigFor({ server, namespace }: { readonly server: string; readonly namespace: string }): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'holdfast', cluster: { server } }],
    users: [{ name: 'holdfast', user: {} }],
    contexts: [{ name: 'holdfast', context: { cluster: 'holdfast', user: 'holdfast', namespace } }],
    'current-context': 'holdfast',
  })
}
