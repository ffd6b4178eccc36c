import { setTimeout as pause } from 'node:timers/promises'
import { bucketVariable, type EvidenceBucket } from './evidence-place.ts'
import { signedHeaders } from './sign-request.ts'

/** Objects in a bucket, by their keys after the prefix. */
export interface Bucket {
  has(key: string): Promise<boolean>
  put(key: string, content: Uint8Array): Promise<void>
  get(key: string): Promise<Uint8Array>
  /** All keys. */
  list(): Promise<readonly string[]>
}

const attempts = 5
const secondsForOne = 120

/** Opens a bucket of a store that speaks S3. Requests are sent again where the store was busy; throws what it says otherwise. */
export function openBucket({ bucket, prefix, endpoint, region, credentials }: EvidenceBucket, firstPause = 1): Bucket {
  const urlOf = (key: string, query: Readonly<Record<string, string>> = {}) => {
    const url = new URL(
      `${endpoint.replace(/\/$/, '')}/${bucket}${key === '' ? '' : `/${key.split('/').map(encodeURIComponent).join('/')}`}`,
    )
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url
  }
  const send = async (method: string, url: URL, body?: Uint8Array): Promise<Response> => {
    for (let attempt = 1; ; attempt += 1) {
      const headers = signedHeaders({ method, url, body }, { credentials, region, now: new Date() })
      const signal = AbortSignal.timeout(secondsForOne * 1000)
      const init = { method, headers, signal, ...(body && { body: new Uint8Array(body) }) }
      const answer = await fetch(url, init).catch((error: unknown) => error)
      if (answer instanceof Response && answer.status < 500 && answer.status !== 429) return answer
      if (attempt === attempts) throw unavailable(`${method} ${url.pathname}`, answer)
      await pause(firstPause * 2 ** (attempt - 1) * 1000)
    }
  }
  const ok = async (method: string, url: URL, body?: Uint8Array): Promise<Response> => {
    const answer = await send(method, url, body)
    if (!answer.ok) throw new Error(`${method} ${url.pathname} returned ${answer.status}: ${codeIn(await answer.text())}`)
    return answer
  }
  return {
    async has(key) {
      const answer = await send('HEAD', urlOf(prefix + key))
      if (answer.status === 404) return false
      if (!answer.ok) throw new Error(`HEAD ${prefix}${key} in bucket ${bucket} returned ${answer.status}.`)
      return true
    },
    async put(key, content) {
      await ok('PUT', urlOf(prefix + key), content)
    },
    async get(key) {
      return new Uint8Array(await (await ok('GET', urlOf(prefix + key))).arrayBuffer())
    },
    async list() {
      const keys: string[] = []
      let token: string | undefined
      do {
        const query: Record<string, string> = { 'list-type': '2', prefix, ...(token !== undefined && { 'continuation-token': token }) }
        const text: string = await (await ok('GET', urlOf('', query))).text()
        for (const [, key = ''] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) keys.push(unescaped(key).slice(prefix.length))
        const next: string | undefined = /<NextContinuationToken>([^<]*)</.exec(text)?.[1]
        token = next === undefined ? undefined : unescaped(next)
      } while (token !== undefined)
      return keys
    },
  }
}

/** The bucket of this Pod's run, by its environment; undefined where evidence is on a volume. */
export function bucketOfPod(env: NodeJS.ProcessEnv = process.env): EvidenceBucket | undefined {
  const { [bucketVariable]: text, AWS_ACCESS_KEY_ID: accessKey = '', AWS_SECRET_ACCESS_KEY: secretKey = '', AWS_SESSION_TOKEN } = env
  if (text === undefined) return undefined
  const place = JSON.parse(text) as Omit<EvidenceBucket, 'credentials'>
  return { ...place, credentials: { accessKey, secretKey, sessionToken: AWS_SESSION_TOKEN } }
}

function unavailable(what: string, answer: unknown): Error {
  if (answer instanceof Response) return new Error(`${what} returned ${answer.status} ${attempts} times`)
  const cause = answer instanceof Error && answer.cause instanceof Error ? answer.cause : answer
  return new Error(`${what} got no answer: ${cause instanceof Error ? cause.message : String(cause)}`, { cause: answer })
}

function codeIn(text: string): string {
  return /<Code>([^<]*)<\/Code>/.exec(text)?.[1] ?? (text.slice(0, 200) || 'without a reason')
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')
}
