import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPrefix } from '../../contract/owner.ts'
import { openBucket } from './bucket.ts'
import { bucketStore, fetchEvidence } from './bucket-store.ts'
import { evidencePlaceOf } from './chosen-place.ts'
import { signedHeaders } from './sign-request.ts'

const credentials = { accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }

// The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
test.each([
  [
    'an object',
    { method: 'GET', url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'), headers: { range: 'bytes=0-9' } },
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  ],
  [
    'a list',
    { method: 'GET', url: new URL('https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J') },
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  ],
])('a request for %s is signed as the documentation signs it', (_, request, signature) => {
  const signing = { credentials, region: 'us-east-1', now: new Date('2013-05-24T00:00:00Z') }
  expect(signedHeaders(request, signing).authorization).toContain(`Signature=${signature}`)
})

/** A store that keeps objects by their paths, and is busy so many times. It lists one key at a time. */
async function storeOf({ busy = 0 } = {}) {
  const objects = new Map<string, Buffer>()
  let left = busy
  const server = createServer((request, response) => {
    void request.toArray().then((parts: Buffer[]) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://store')
      if (left > 0) {
        left -= 1
        return response.writeHead(503).end()
      }
      if (!String(request.headers.authorization).startsWith('AWS4-HMAC-SHA256 Credential=')) return response.writeHead(403).end()
      if (request.method === 'PUT') objects.set(pathname, Buffer.concat(parts))
      if (searchParams.has('list-type')) {
        const keys = [...objects.keys()]
          .map((path) => path.slice('/evidence/'.length))
          .filter((key) => key.startsWith(searchParams.get('prefix') ?? ''))
        const at = Number(searchParams.get('continuation-token') ?? 0)
        const next = at + 1 < keys.length ? `<NextContinuationToken>${at + 1}</NextContinuationToken>` : ''
        return response.end(`<ListBucketResult><Contents><Key>${keys[at] ?? ''}</Key></Contents>${next}</ListBucketResult>`)
      }
      const found = objects.get(pathname)
      return found === undefined ? response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>') : response.end(found)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { objects, bucket: openBucket({ bucket: 'evidence', prefix: 'run-1/', endpoint, region: 'us-east-1', credentials }, 0.01) }
}

test('evidence in a bucket is what was kept first, and comes out as it would be on a volume', async () => {
  const root = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const { bucket, objects } = await storeOf()
  const store = bucketStore(bucket)
  const folder = join(root, 'pvcs', 'bind')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'verdict.json'), '{"verdict":"Passed"}')
  expect(await store.has('pvcs/bind')).toBe(false)
  await store.keep('pvcs/bind', folder)
  writeFileSync(join(folder, 'verdict.json'), '{"verdict":"Failed"}')
  await store.keep('pvcs/bind', folder)
  await store.write('shards/0/uid.json', '{"shard":0}')
  expect(await store.has('pvcs/bind')).toBe(true)
  expect([...objects.keys()]).toEqual(['/evidence/run-1/evidence/pvcs/bind.tar.gz', '/evidence/run-1/shards/0/uid.json'])
  await fetchEvidence(bucket, join(root, 'fetched'))
  expect(readFileSync(join(root, 'fetched', 'evidence/pvcs/bind/verdict.json'), 'utf8')).toBe('{"verdict":"Passed"}')
  expect(readFileSync(join(root, 'fetched', 'shards/0/uid.json'), 'utf8')).toBe('{"shard":0}')
})

test('a busy store is asked again, and one that stays busy is an error that names the request', async () => {
  const { bucket } = await storeOf({ busy: 2 })
  await bucket.put('key', Buffer.from('content'))
  expect(Buffer.from(await bucket.get('key')).toString()).toBe('content')
  const { bucket: down } = await storeOf({ busy: 100 })
  await expect(down.put('key', Buffer.from(''))).rejects.toThrow('PUT /evidence/run-1/key returned 503 5 times')
  await expect(bucket.get('other')).rejects.toThrow('GET /evidence/run-1/other returned 404: NoSuchKey')
})

const record = { features: ['ReadWriteMany'] as const, storageClass: 'fast' }
const place = (flags: object, features: readonly 'ReadWriteMany'[] = record.features, env: NodeJS.ProcessEnv = {}) =>
  evidencePlaceOf({ record: { ...record, features }, flags, runId: 'run-1', env })

test('evidence goes to a volume for all nodes where the class has such, and to one for a node otherwise', () => {
  expect(place({})).toMatchObject({ storageClass: 'fast', accessMode: 'ReadWriteMany' })
  expect(place({}, [])).toMatchObject({ storageClass: 'fast', accessMode: 'ReadWriteOnce' })
  expect(place({ evidenceClass: 'shared' }, [])).toMatchObject({ storageClass: 'shared', accessMode: 'ReadWriteMany' })
})

test('a bucket needs keys and an address', () => {
  const env = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' }
  expect(() => place({ evidenceBucket: 'b' })).toThrow('There are no keys for bucket b.')
  expect(() => place({ evidenceBucket: 'b', bucketEndpoint: 's3.example.com' }, [], env)).toThrow('s3.example.com is no address')
  expect(place({ evidenceBucket: 'b', bucketRegion: 'eu-west-1' }, [], env)).toMatchObject({
    ...{ bucket: 'b', prefix: 'run-1/', endpoint: 'https://s3.eu-west-1.amazonaws.com' },
  })
})
