import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryPrefix } from '../../../contract/owner.ts'
import { programOnPath } from '../../../contract/program-on-path.ts'
import { ruleText } from '../../../contract/rights.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { openHistory } from '../../engine/history/history.ts'
import { openApi } from '../../engine/kubernetes/api.ts'
import { countRequests } from '../../engine/kubernetes/request-count.ts'
import { startScriptedApiServer } from '../../engine/kubernetes/scripted-api-server.ts'
import { kubectlIn } from './kubectl.ts'
import { kubectlRunOf } from './kubectl-run.ts'

/** A real program in place of kubectl, which gets `args`, `config` (its kubeconfig) and `server`, and an API server. */
async function withProgram(script: string) {
  const begin = `
const args = process.argv.slice(2)
const config = JSON.parse(fs.readFileSync(process.env.KUBECONFIG, 'utf8'))
const server = config.clusters[0].cluster.server`
  const main = `const fs = require('node:fs')\nconst main = async () => {${begin}\n${script}\n}\nmain()`
  const directory = programOnPath('kubectl', () => main, '/usr/bin/env node')
  const server = await startScriptedApiServer()
  const requests = countRequests()
  const api = openApi({ server: server.url, tls: {}, headers: { authorization: 'Bearer of-the-run' }, requests })
  const file = (name: string) => join(directory, name)
  const history = openHistory({ historyFile: file('history'), judgementsFile: file('judgements'), evidence: 'history' })
  const measure = (what: string, label: string, of: Pick<Measurement, 'subject' | 'value'>) =>
    history.append({ type: 'measurement', what, label, ...of }) as Measurement
  const kubectl = kubectlIn({ api, history, namespace: 'hf-a', program: file('kubectl'), measure, signal: AbortSignal.timeout(30_000) })
  return { kubectl, history, server, requests, entries: (): readonly HistoryEntry[] => history.entries }
}

test('a command is an act, and what it printed is kept with what it asked the API server', async () => {
  const { kubectl, entries, requests, server } = await withProgram(`
const path = '/api/v1/namespaces/' + config.contexts[0].context.namespace + '/pods/web-0'
await fetch(server + '/api/v1')
const answer = await fetch(server + path, { method: 'DELETE', body: JSON.stringify({ gracePeriodSeconds: 0 }) })
console.log(args.join('|'), answer.status, fs.readFileSync(0, 'utf8'), fs.readFileSync('a.yaml', 'utf8'))
console.error(Object.keys(process.env).toSorted().join(' '))
process.exitCode = 3`)
  server.put('/api/v1/namespaces/hf-a/pods/web-0', { metadata: {} })
  const result = await kubectl.run(['delete', 'pod', "it's"], { label: 'gone', stdin: 'in', files: { 'a.yaml': 'kind: Pod' } })
  expect(result).toMatchObject({ label: 'gone', exitCode: 3, stdout: "delete|pod|it's 200 in kind: Pod\n" })
  expect(result.stderr).toBe('HOME KUBECONFIG PATH\n')
  expect(kubectlRunOf(entries(), result)).toMatchObject({
    command: String.raw`kubectl delete pod 'it'\''s'`,
    exitCode: 3,
    requests: [{ method: 'DELETE', path: '/api/v1/namespaces/hf-a/pods/web-0', code: 200, options: { gracePeriodSeconds: 0 } }],
  })
  expect(entries().map((entry) => (entry.type === 'act' ? `${entry.verb} ${entry.phase}` : entry.type))).toEqual([
    'kubectl requested',
    'kubectl accepted',
    'measurement',
  ])
  expect(requests.rights().map(ruleText)).toEqual(['own pods: delete'])
})

test('an API server that does not take the request leaves the end of the command open', async () => {
  const { kubectl, server, entries } = await withProgram(`
const answer = await fetch(server + '/api/v1/namespaces/hf-a/pods')
console.error(answer.status)
process.exitCode = 1`)
  server.fail({ method: 'GET', path: /pods$/, answer: 503 })
  await expect(kubectl.run(['get', 'pods'])).rejects.toThrow(
    '"kubectl get pods" did not come to its end: GET /api/v1/namespaces/hf-a/pods returned 503. 503',
  )
  expect(entries().at(-1)).toMatchObject({ type: 'act', phase: 'unknown' })
})

test('a command that takes too long ends at its limit', async () => {
  const { kubectl } = await withProgram('setTimeout(() => undefined, 60_000)')
  await expect(kubectl.run(['wait'], { within: 0.5 })).rejects.toThrow('"kubectl wait" did not come to its end')
})

test('a page is fetched through the port that was printed, and the command ends then', async () => {
  const { kubectl, entries } = await withProgram(`
const page = require('node:http').createServer((request, response) => response.end('page of ' + request.url))
page.listen(0, '127.0.0.1', () => console.log('Forwarding from 127.0.0.1:' + page.address().port + ' -> 8080'))
process.on('SIGINT', () => process.exit(0))`)
  const fetched = await kubectl.fetch(['port-forward', 'pod/web-0', ':8080'], { path: '/index.html' })
  expect(fetched.exitCode).toBe(0)
  expect(kubectlRunOf(entries(), fetched)?.page).toEqual({ status: 200, body: 'page of /index.html' })
})

test('a file is edited by the program that is named', async () => {
  const { kubectl } = await withProgram('console.log(process.env.KUBE_EDITOR)')
  const { stdout } = await kubectl.run(['edit', 'pvc', 'data'], { editor: 'sed -i s/1Gi/2Gi/' })
  expect(stdout).toBe('sed -i s/1Gi/2Gi/\n')
})

test('nothing is left on the disk', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith(temporaryPrefix('kubectl')))
  const { kubectl } = await withProgram('console.log("done")')
  await kubectl.run(['version'])
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(temporaryPrefix('kubectl')))).toEqual(before)
})
