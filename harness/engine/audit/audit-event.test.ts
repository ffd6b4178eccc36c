import { expect, test } from 'vitest'
import { mayHaveWritten, parseAuditLine, thin } from './audit-event.ts'
import { contentDigest } from './content-digest.ts'

const pod = {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { name: 'web-0', uid: 'u-1', resourceVersion: '42' },
  spec: { containers: [{ name: 'main', env: [{ name: 'PASSWORD', value: 'open sesame' }] }] },
}

/** A line as kube-apiserver writes it. */
const line = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'RequestResponse',
  auditID: '0fc5e2f1-1d2c-4a1b-9a0e-7f1f2f0e6a11',
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/hf-a/pods?fieldManager=x',
  verb: 'create',
  user: { username: 'system:serviceaccount:kube-system:statefulset-controller', groups: ['system:authenticated'] },
  sourceIPs: ['172.18.0.3'],
  userAgent: 'kube-controller-manager/v1.36.3 (linux/amd64) kubernetes/abc/system:serviceaccount:kube-system:statefulset-controller',
  objectRef: { resource: 'pods', namespace: 'hf-a', name: 'web-0', apiVersion: 'v1' },
  responseStatus: { metadata: {}, code: 201 },
  requestObject: { kind: 'Pod', spec: {} },
  responseObject: pod,
  requestReceivedTimestamp: '2026-11-30T10:00:00.000100Z',
  stageTimestamp: '2026-11-30T10:00:00.004100Z',
  annotations: { 'authorization.k8s.io/decision': 'allow' },
}

const kept = {
  auditID: line.auditID,
  stage: 'ResponseComplete',
  verb: 'create',
  user: { username: line.user.username },
  userAgent: 'kube-controller-manager/v1.36.3',
  objectRef: { resource: 'pods', namespace: 'hf-a', name: 'web-0' },
  responseStatus: { code: 201 },
  requestReceivedTimestamp: line.requestReceivedTimestamp,
  stageTimestamp: line.stageTimestamp,
  responseObject: { apiVersion: 'v1', metadata: { name: 'web-0', uid: 'u-1', resourceVersion: '42' }, digest: contentDigest(pod) },
}

test('of an event, what is compared is kept: no content, no address, no groups', () => {
  const event = parseAuditLine(JSON.stringify(line))
  expect(event && thin(event)).toEqual(kept)
})

test('what was kept is read as the same', () => {
  expect(parseAuditLine(JSON.stringify(kept))).toEqual(kept)
})

test('the name that the API server made up is that of the answer', () => {
  const { name: _, ...objectRef } = line.objectRef
  expect(parseAuditLine(JSON.stringify({ ...line, objectRef }))?.objectRef?.name).toBe('web-0')
})

test('a Status, a list and a Scale are not the object', () => {
  const answered = (responseObject: object, subresource?: string) =>
    parseAuditLine(JSON.stringify({ ...line, objectRef: { ...line.objectRef, subresource }, responseObject }))?.responseObject
  expect(answered({ kind: 'Status', metadata: {}, status: 'Success' })).toBeUndefined()
  expect(answered({ kind: 'PodList', metadata: { resourceVersion: '9' }, items: [] })).toBeUndefined()
  expect(answered({ ...pod, kind: 'Scale' }, 'scale')).toEqual({
    apiVersion: 'v1',
    metadata: { name: 'web-0', uid: 'u-1', resourceVersion: '42' },
  })
})

test('a namespace is in no other, though requests for it say so', () => {
  const objectRef = { resource: 'namespaces', namespace: 'hf-1', name: 'hf-1', apiVersion: 'v1' }
  expect(parseAuditLine(JSON.stringify({ ...line, objectRef }))?.objectRef).toEqual({ resource: 'namespaces', name: 'hf-1' })
})

test('an object that was stored no more has no content to compare', () => {
  const digestOf = (metadata: object) =>
    parseAuditLine(JSON.stringify({ ...line, responseObject: { ...pod, metadata: { ...pod.metadata, ...metadata } } }))?.responseObject
      ?.digest
  const going = { deletionTimestamp: '2026-11-30T12:42:28Z' }
  expect(digestOf({ ...going, deletionGracePeriodSeconds: 0 })).toBeUndefined()
  expect(digestOf({ ...going, deletionGracePeriodSeconds: 0, finalizers: ['kubernetes.io/pvc-protection'] })).toBeDefined()
  expect(digestOf({ ...going, deletionGracePeriodSeconds: 30 })).toBeDefined()
})

test.each(['', '{"auditID":"x","sta', '{"kind":"Pod"}', 'null', '[]'])('%j is no event', (text) => {
  expect(parseAuditLine(text)).toBeUndefined()
})

test('a watch keeps its path, for its selectors', () => {
  const watch = parseAuditLine(JSON.stringify({ ...line, verb: 'watch', requestURI: '/api/v1/pods?watch=true' }))
  expect(watch && thin(watch).requestURI).toBe('/api/v1/pods?watch=true')
})

test.each([
  [{ verb: 'patch', responseStatus: { code: 200 } }, true],
  [{ verb: 'patch', responseStatus: { code: 409 } }, false],
  [{ verb: 'patch', responseStatus: { code: 504 } }, true],
  [{ verb: 'patch' }, true],
  [{ verb: 'get', responseStatus: { code: 200 } }, false],
  [{ verb: 'create', responseStatus: { code: 201 }, requestURI: '/x?dryRun=All' }, false],
  [{ verb: 'create', responseStatus: { code: 101 }, objectRef: { resource: 'pods', subresource: 'exec' } }, false],
])('%j may have written: %s', (event, expected) => {
  const { responseStatus: _status, objectRef: _ref, ...bare } = kept
  expect(mayHaveWritten({ ...bare, ...event })).toBe(expected)
})

test('the digest of a content is that of its history, whatever lists and logs leave out', () => {
  const digest = contentDigest(pod)
  const { kind: _kind, apiVersion: _apiVersion, ...listed } = pod
  const managed = { ...pod, metadata: { ...pod.metadata, managedFields: [{ manager: 'x' }] } }
  const container = { name: 'main', env: [{ value: 'redacted', name: 'PASSWORD' }] }
  const redacted = { ...pod, spec: { containers: [container] } }
  expect([listed, managed, redacted].map(contentDigest)).toEqual([digest, digest, digest])
  expect(contentDigest({ ...pod, spec: { containers: [] } })).not.toBe(digest)
})
