import { ApiException } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { isTransient, untilAnswered } from './until-answered.ts'

const answer = (code: number, headers = {}) => new ApiException(code, 'Unsuccessful HTTP Request', '', headers)
const lost = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })

test.each([408, 429, 500, 502, 503, 504])('status %i is transient', (code) => {
  expect(isTransient(answer(code))).toBe(true)
})

test.each([400, 401, 403, 404, 409, 410, 422, 501])('status %i is a decision', (code) => {
  expect(isTransient(answer(code))).toBe(false)
})

test('a connection that was lost is transient, a name that does not exist and a wrong certificate are not', () => {
  expect(['ECONNRESET', 'ECONNREFUSED', 'UND_ERR_SOCKET'].map((code) => isTransient(lost(code)))).toEqual([true, true, true])
  expect(['ENOTFOUND', 'DEPTH_ZERO_SELF_SIGNED_CERT'].map((code) => isTransient(lost(code)))).toEqual([false, false])
  expect(isTransient('text')).toBe(false)
})

test('a server that names a time is left alone for so long', async () => {
  const tried: number[] = []
  const sent = async () => {
    tried.push(performance.now())
    return tried.length === 1 ? Promise.reject(answer(429, { 'retry-after': '1' })) : Promise.resolve('done')
  }
  expect(await untilAnswered(sent, { first: 0.01 })).toBe('done')
  expect((tried[1] ?? 0) - (tried[0] ?? 0)).toBeGreaterThanOrEqual(990)
})

test('it is tried once, however little time there is, and no try takes longer than it may', async () => {
  let tried = 0
  const silent = async () => {
    tried += 1
    return new Promise<never>(() => undefined)
  }
  await expect(untilAnswered(silent, { within: -1, answer: 0.02 })).rejects.toThrow('The API server did not answer within 0.02 s.')
  expect(tried).toBe(1)
})
