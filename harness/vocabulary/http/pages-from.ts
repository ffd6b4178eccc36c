import type { MeasurementName } from '../../engine/measurement.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'
import type { Answered } from '../service/answer.ts'

/** Pages of HTTP servers at port 80, fetched from a Pod that has `curl`. */
export interface Pages {
  /**
   * Keeps the page that the server of a name answers with, or with which status it refuses. Where nobody answers, it is asked again for
   * forty seconds, longer than DNS lets a record live by default: the name may still have the address of a Pod that is gone.
   */
  fetch(host: string, label: string): Promise<MeasurementName>
}

/** Each turn is another process, for `curl` remembers addresses. */
const untilAnswered = String.raw`
while [ $SECONDS -lt 40 ]; do
  answer=$(curl --silent --show-error --max-time 2 --write-out '\n%{http_code}' "http://$1/") && printf %s "$answer" && exit
  sleep 0.5
done`

/** Fetches pages from a Pod. */
export function pagesFrom(client: string, fixtures: DataFixtures): Pages {
  return {
    async fetch(host, label) {
      const { stdout, stderr } = await fixtures.namespace.exec(client, ['bash', '-c', untilAnswered, 'bash', host])
      const [, page = '', status] = /^(.*)\n(\d+)$/su.exec(stdout) ?? []
      return workloadIn(client, fixtures).keep('answer', `${host}, ${label}`, answered(status, { page: page.trim(), said: stderr.trim() }))
    },
  }
}

function answered(status: string | undefined, { page, said }: { readonly page: string; readonly said: string }): Answered {
  if (status === undefined || status === '000') return { outcome: 'silent', value: null, said }
  return status === '200'
    ? { outcome: 'done', value: page, said: `status ${status}` }
    : { outcome: 'refused', value: null, said: `status ${status}` }
}
