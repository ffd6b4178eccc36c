/** The audit log of an API server, and what it holds. */
export interface AuditLogRecord {
  /** Node that runs the API server; its kubelet serves the log. */
  readonly node: string
  /** Directory below `/var/log` of that node. */
  readonly directory: string
  /**
   * Resources of which each write is logged with the object as it was stored, by API group; where none is listed, all of the group. Of what
   * else is written the log has the request alone.
   */
  readonly objectsOf: Readonly<Record<string, readonly string[]>>
}

/** File that the API server writes to. What it has put aside as full is beside it, and has a time in its name. */
export const auditLogFile = 'audit.log'

/** Header by which a client gives a request its audit ID. */
export const auditIDHeader = 'audit-id'

/** How Holdfast calls itself in requests. */
export const userAgent = 'holdfast'

/** How it calls itself in watches whose events are written to the history of a guarantee. */
export const historyUserAgent = 'holdfast-history'

/** Whether each write of a resource is logged with the object as it was stored. */
export function isLoggedWithObject(
  { objectsOf }: Pick<AuditLogRecord, 'objectsOf'>,
  { group, resource }: { readonly group: string; readonly resource: string },
): boolean {
  const resources = objectsOf[group]
  return resources !== undefined && (resources.length === 0 || resources.includes(resource))
}
