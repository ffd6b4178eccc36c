import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AuditLogRecord } from '../../contract/audit.ts'
import type { AuditEvent } from '../../harness/engine/audit/audit-event.ts'
import { auditFile } from '../../harness/engine/audit/audit-file.ts'
import { contentDigest } from '../../harness/engine/audit/content-digest.ts'
import { endOf } from '../../harness/engine/audit/sources.ts'
import { writeSums } from '../../harness/engine/evidence/verify-evidence.ts'
import type { HistoryEntry, Observation } from '../../harness/engine/history/history-entry.ts'
import { orderedStartup } from './example-history.ts'
import { exampleGuarantees, exampleRun } from './example-run.ts'

const auditLog: AuditLogRecord = {
  node: 'holdfast-example-control-plane',
  directory: 'kubernetes/audit',
  objectsOf: { '': ['pods', 'persistentvolumeclaims'], apps: [] },
}

const namespace = 'hf-demo'

/** The guarantee of the run. */
export const auditedId = 'statefulset/ordered-startup'

/** The ordered startup of the example, each version with a resourceVersion of its own, and its act with an audit ID. */
function startup(): readonly HistoryEntry[] {
  return orderedStartup().map((entry) => {
    if (entry.type === 'act' && entry.phase === 'requested') return { ...entry, auditID: entry.actId }
    if (entry.type !== 'observation') return entry
    const { object, kind } = entry
    const apiVersion = kind === 'StatefulSet' ? 'apps/v1' : 'v1'
    return { ...entry, object: { ...object, apiVersion, metadata: { ...object.metadata, resourceVersion: String(100 + entry.seq) } } }
  })
}

/** Events of the log that bear a history out. */
function eventsOf(history: readonly HistoryEntry[]): readonly AuditEvent[] {
  const created = new Set<string>()
  const writes = history.flatMap((entry) => {
    if (entry.type !== 'observation') return []
    const isNew = !created.has(entry.object.metadata.uid)
    created.add(entry.object.metadata.uid)
    return [writeOf(entry, isNew)]
  })
  const [request, ...later] = history
  const end = later.at(-1)?.at ?? ''
  return [
    event({ at: request?.at ?? '', auditID: 'creation', verb: 'create', resource: 'namespaces', code: 201 }),
    event({ at: request?.at ?? '', auditID: request?.type === 'act' ? request.actId : '', verb: 'patch', resource: 'statefulsets' }),
    ...writes,
    event({ at: end, auditID: endOf(namespace), verb: 'get', resource: 'namespaces' }),
  ]
}

function writeOf({ at, kind, object, seq }: Observation, isNew: boolean): AuditEvent {
  const { name, uid, resourceVersion } = object.metadata
  const resource = `${kind.toLowerCase()}s`
  const made = event({ at, auditID: `write-${seq}`, verb: isNew ? 'create' : 'patch', resource, name, code: isNew ? 201 : 200 })
  const { apiVersion = 'v1' } = object
  return { ...made, responseObject: { apiVersion, metadata: { name, uid, resourceVersion }, digest: contentDigest(object) } }
}

interface Written {
  readonly at: string
  readonly auditID: string
  readonly verb: string
  readonly resource: string
  readonly name?: string
  readonly code?: number
}

function event({ at, auditID, verb, resource, name = namespace, code = 200 }: Written): AuditEvent {
  const received = at.replace('Z', '100Z')
  return {
    ...{ auditID, stage: 'ResponseComplete', verb, user: { username: 'kubernetes-admin' } },
    objectRef: {
      resource,
      name,
      ...(resource === 'namespaces' ? {} : { namespace }),
      ...(resource === 'statefulsets' && { apiGroup: 'apps' }),
    },
    responseStatus: { code },
    requestReceivedTimestamp: received,
    stageTimestamp: received,
  }
}

/** Writes a run whose one guarantee has a part of an audit log that bears its history out. Returns its path. */
export async function auditedRun(): Promise<string> {
  const history = startup()
  const [example] = exampleGuarantees
  if (example === undefined) throw new Error('There is no example.')
  const directory = await exampleRun({ examples: [{ ...example, history }], cluster: { auditLog } })
  const folder = join(directory, 'evidence', auditedId)
  await writeFile(
    join(folder, auditFile),
    eventsOf(history)
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
  )
  writeSums(folder)
  return directory
}
