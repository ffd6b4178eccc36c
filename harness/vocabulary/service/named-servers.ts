import { statefulSet, type StatefulSetOptions } from '../statefulset/builders/stateful-set.ts'

/** Port on which servers of ours answer. */
export const serverPort = 8080

const server = `require('http').createServer((_, answer) => answer.end(require('os').hostname())).listen(${serverPort})`

/** Shell commands that start an HTTP server, a program of Node.js without double quotes, and end once it listens. */
export function serving(program: string): string {
  return [`node -e "${program}" &`, `until (: < /dev/tcp/127.0.0.1/${serverPort}) 2> /dev/null; do sleep 0.2; done`].join('\n')
}

/** Shell commands that start an HTTP server which answers with the hostname of its Pod, and end once it does. */
export const startServer = serving(server)

/** The same for a server that needs some seconds to start. */
export const startServerSlowly = ['sleep 3', startServer].join('\n')

/** Builds a StatefulSet of HTTP servers, each of which answers with its hostname and is Ready once it does. */
export function namedServers(name: string, options: Pick<StatefulSetOptions, 'cluster' | 'replicas' | 'podManagement' | 'spec'>) {
  return statefulSet(name, { ...options, readiness: 'after-a-moment', first: startServer })
}
