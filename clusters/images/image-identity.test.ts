import { expect, test } from 'vitest'
import { readIdentity } from './image-identity.ts'

const imageId = `sha256:${'1'.repeat(64)}`
const digest = `sha256:${'2'.repeat(64)}`
const other = `sha256:${'3'.repeat(64)}`

test.each<[reference: string, digests: readonly string[] | null, known: string | undefined]>([
  ['docker.io/library/postgres:15-bookworm', [`postgres@${digest}`], digest],
  ['registry.k8s.io/sig-storage/csi-resizer:v2', [`registry.k8s.io/sig-storage/csi-resizer@${digest}`], digest],
  ['127.0.0.1:5000/library/postgres:15-bookworm', [`postgres@${other}`, `127.0.0.1:5000/library/postgres@${digest}`], digest],
  ['mirror.example.com/library/postgres:15-bookworm', [`postgres@${digest}`], digest],
  ['holdfast.local/workload:0.1.0-abc', [`holdfast.local/workload@${other}`], undefined],
  ['docker.io/library/redis:7', [], undefined],
  ['docker.io/library/redis:7', null, undefined],
])('%s with the digests %j has the digest %s', (reference, digests, known) => {
  const text = JSON.stringify({ Id: imageId, RepoDigests: digests })
  expect(readIdentity(text, reference)).toEqual({ imageId, ...(known !== undefined && { digest: known }) })
})
