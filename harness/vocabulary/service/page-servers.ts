import { statefulSet, type StatefulSetOptions } from '../statefulset/builders/stateful-set.ts'
import { dataDirectory } from '../pod/builders/workload-container.ts'
import { serverPort, serving } from './named-servers.ts'

/** Path of the page that servers of pages answer with, in their volume. */
export const pagePath = `${dataDirectory}/index.html`

const server = [
  `require('http').createServer((_, answer) => require('fs').readFile('${pagePath}',`,
  `(error, page) => answer.writeHead(error ? 404 : 200).end(page ?? ''))).listen(${serverPort})`,
].join(' ')

/** Builds a StatefulSet of HTTP servers, each of which answers with the page in its volume, and is Ready once it listens. */
export function pageServers(name: string, options: Pick<StatefulSetOptions, 'cluster' | 'replicas' | 'podManagement' | 'data'>) {
  return statefulSet(name, { ...options, readiness: 'after-a-moment', first: serving(server) })
}
