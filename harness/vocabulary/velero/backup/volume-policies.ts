/**
 * Data of a ConfigMap by which a Backup skips the data of volumes whose PersistentVolumeClaims have these labels. See
 * https://velero.io/docs/main/resource-filtering/
 */
export function skipByLabel(pvcLabels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const volumePolicies = [{ conditions: { pvcLabels }, action: { type: 'skip' } }]
  return { 'policies.yaml': JSON.stringify({ version: 'v1', volumePolicies }) }
}
