import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { stringify } from 'yaml'
import type { ClusterRecord, VeleroRecord } from '../../../../contract/cluster-record.ts'
import { veleroPartOf } from '../../../../contract/velero-server.ts'
import { field } from '../../../engine/object.ts'
import { filesBelow, type StoreDirectory, storedPaths, storeInUse } from '../store/stored.ts'
import { isVeleroObjectOf, veleroKinds } from '../velero-kinds.ts'
import type { ObservedObject } from '../../../engine/history/history-entry.ts'
import { trimmed } from '../../../engine/history/history.ts'
import { resourcePath } from '../../../engine/kubernetes/resources.ts'
import { readStoreCredentials } from '../store/store-credentials.ts'
import { redact } from '../../../engine/history/redact.ts'
import { listed } from '../../../engine/kubernetes/bound-objects.ts'
import { type Collector, endOfLog, type SubjectCollector } from '../../../engine/evidence/collector.ts'

/** Lines with which Velero says, for every kind of the cluster, that it looks for it or leaves it out. */
const chatter = 'item_collector.go'

/** Collects what Velero did for a guarantee, where the cluster has one. */
export function veleroCollectors(cluster: ClusterRecord): readonly SubjectCollector[] {
  const { velero } = cluster
  if (velero === undefined) return []
  const collect: SubjectCollector['collect'] = async ({ history, ...collector }) =>
    collectVelero({ ...collector, velero, store: storeInUse(cluster), since: history[0]?.at })
  return [{ what: 'What Velero did', collect }]
}

/** Writes Velero's objects of one guarantee, the errors and warnings it stored, and what its server and node agents logged of it. */
async function collectVelero(
  options: Collector & {
    readonly velero: VeleroRecord
    readonly store: StoreDirectory | undefined
    /** When the guarantee began, ISO 8601. */
    readonly since: string | undefined
  },
): Promise<void> {
  const { api, namespace, velero, store, since, signal, tried, write } = options
  const secrets = velero.shared === undefined ? Object.values(await readStoreCredentials(api, velero.namespace)) : []
  const mask = (text: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, 'redacted'), text)

  const matches = (object: ObservedObject) =>
    isVeleroObjectOf(namespace, object) ||
    object.metadata.name === velero.location ||
    field(object, 'spec', 'volumeNamespace') === namespace
  const objects: ObservedObject[] = []
  for (const [kind, resource] of Object.entries(veleroKinds)) {
    const found = await tried(`${kind}s`, async () => listed(api, resourcePath(resource, { namespace: velero.namespace }), signal))
    objects.push(...(found ?? []).filter(matches).map((object) => ({ ...object, apiVersion: resource.apiVersion, kind })))
  }
  for (const object of objects)
    write(`objects/velero.${object.kind?.toLowerCase()}-${object.metadata.name}.yaml`, mask(stringify(redact(trimmed(object)))))
  // A guarantee that asked Velero for nothing is in its log only where something else went on in the namespace.
  if (!objects.some((object) => isVeleroObjectOf(namespace, object))) return

  await tried('Results of Velero', async () => {
    for (const { name, text } of resultsIn(store, namespace)) write(`logs/velero.${name}.json`, mask(text))
  })
  const pods = (await tried('Pods of Velero', async () => listed(api, `/api/v1/namespaces/${velero.namespace}/pods`, signal))) ?? []
  for (const { metadata } of pods.filter(isOfVelero)) {
    const path = `/api/v1/namespaces/${velero.namespace}/pods/${metadata.name}/log`
    const log = await tried(`Log of ${metadata.name}`, async () => api.read({ path, query: { sinceTime: since }, signal }))
    const lines = (log ?? '').split('\n').filter((line) => line.includes(namespace) && !line.includes(chatter))
    if (lines.length > 0) write(`logs/velero.${metadata.name}.log`, `${endOfLog(mask(String(redact(lines.join('\n')))))}\n`)
  }
}

/** Pods of the server and of the node agents; those that carry data for others come and go. */
function isOfVelero({ spec }: ObservedObject): boolean {
  const containers = field(spec, 'containers')
  return Array.isArray(containers) && containers.some((container) => veleroPartOf(container) !== undefined)
}

/** Errors and warnings that Velero stored with Backups and Restores, by file. */
function resultsIn(store: StoreDirectory | undefined, namespace: string) {
  const files = store === undefined ? [] : storedPaths(store, namespace).flatMap(filesBelow)
  return files
    .filter((file) => file.endsWith('-results.gz') && existsSync(file))
    .map((file) => ({ name: basename(file, '.gz'), text: gunzipSync(readFileSync(join(file))).toString('utf8') }))
}
