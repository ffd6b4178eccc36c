/** File of evidence with what an audit log has of a guarantee. */
export const auditFile = 'audit.jsonl'
