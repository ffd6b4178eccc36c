import { auditLogFile, type AuditLogRecord } from '../../../contract/audit.ts'
import type { KubernetesApi } from '../kubernetes/api.ts'
import { lines } from '../watch/lines.ts'

/** An audit log, and from when it is read. */
export interface AuditLogReading {
  readonly api: KubernetesApi
  readonly log: Pick<AuditLogRecord, 'node' | 'directory'>
  /** What is older may be left out. */
  readonly since: Date
  readonly signal: AbortSignal
}

/**
 * Reads an audit log line by line, as the kubelet of its node serves it. The file that is written to comes first, so that what is put aside
 * meanwhile is read again and not missed: lines come in no order, and may come twice. See
 * https://kubernetes.io/docs/concepts/cluster-administration/system-logs/#log-query
 */
export async function* auditLines({ api, log, since, signal }: AuditLogReading): AsyncGenerator<string> {
  const directory = `/api/v1/nodes/${log.node}/proxy/logs/${log.directory}/`
  yield* lines(await api.open({ path: `${directory}${auditLogFile}`, signal }))
  for (const file of putAsideSince(await api.read({ path: directory, signal }), since))
    yield* lines(await api.open({ path: `${directory}${file}`, signal }))
}

/** Files that were put aside since a moment, in a list of a directory: their names have it, in UTC. */
function putAsideSince(listing: string, since: Date): readonly string[] {
  const [base, ending] = auditLogFile.split('.')
  const name = new RegExp(`"(${base ?? ''}-(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d)-(\\d\\d)-(\\d\\d\\.\\d{3})\\.${ending ?? ''})"`, 'g')
  return [...listing.matchAll(name)].flatMap(([, file = '', day, hour, minute, second]) =>
    Date.parse(`${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`) >= since.getTime() ? [file] : [],
  )
}
