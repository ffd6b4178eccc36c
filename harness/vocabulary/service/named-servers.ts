import { statefulSet, type StatefulSetOptions } from '../statefulset/builders/stateful-set.ts'

/** Port on which servers of ours answer. */
export const serverPort = 8080

const server = `require('http').createServer((_, answer) => answer.end(require('os').hostname())).listen(${serverPort})`

/** Builds a StatefulSet of HTTP servers, each of which answers with its hostname and is Ready once it does. */
export function namedServers(name: string, options: Pick<StatefulSetOptions, 'cluster' | 'replicas' | 'podManagement' | 'spec'>) {
  const serve = [`node -e "${server}" &`, `until (: < /dev/tcp/127.0.0.1/${serverPort}) 2> /dev/null; do sleep 0.2; done`]
  return statefulSet(name, { ...options, readiness: 'after-a-moment', first: serve.join('\n') })
}
