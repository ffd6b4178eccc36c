import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { releaseOf } from '../../clusters/images/kubernetes-release.ts'
import { goModuleDirectory } from '../../clusters/images/go-programs.ts'
import { readComponentMutants } from '../../clusters/index.ts'
import { isMutantName } from '../../clusters/mutants/catalogue.ts'
import { mutatedSource } from '../../clusters/component-mutants/edit-source.ts'
import { targets } from '../../clusters/component-mutants/targets.ts'
import { readCatalogue, selectGuarantees } from '../catalogue/guarantee-catalogue.ts'
import { provedEntries } from '../catalogue/proved-entries.ts'
import { readLedger } from '../catalogue/read-ledger.ts'
import { projectRoot } from '../shell/project-root.ts'

const mutants = readComponentMutants()
const catalogue = readCatalogue(projectRoot)
const guarantees = new Map<string, readonly string[]>(
  selectGuarantees(catalogue, []).map((guarantee) => [guarantee.id, provedEntries(guarantee)]),
)
const entries = new Set<string>(readLedger(projectRoot, catalogue).map(({ id }) => id))

test('each component has mutants', () => {
  expect(new Set(mutants.map(({ component }) => component))).toEqual(new Set(Object.keys(targets)))
})

test('names are unique, among all mutants', () => {
  const names = mutants.map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index || isMutantName(name))).toEqual([])
})

test('each breaks an entry of the ledger, by a guarantee that proves it', () => {
  const wrong = mutants.filter(({ breaks, killedBy }) => !entries.has(breaks) || guarantees.get(killedBy)?.includes(breaks) !== true)
  expect(wrong.map(({ name, breaks, killedBy }) => `${name}: ${killedBy} does not prove ${breaks}`)).toEqual([])
})

/**
 * Guarantees that no mutant of a component breaks: an application, a script, the API server or the CSI driver decides what they state, or
 * nobody has found one. Other mutants break them.
 */
const brokenByNoComponent = `
  access-modes: mode-names-validated rox-read-only
  app: entrypoint-override mongo-initial-sync mongo-needs-initiate mongo-root-user-env ordered-ready-avoids-restarts
  app: mariadb-recovered mariadb-replication-by-init-container
  app: zookeeper-needs-a-majority zookeeper-outlives-its-pods zookeeper-survives-node-loss
  app: ordered-ready-quorum-deadlock parallel-start-restarts-followers postgres-lost-found postgres-major-upgrade-refused
  app: postgres-needs-password postgres-replication-by-init-container postgres-standby-catches-up postgres-survives-crash
  app: postgres-survives-power-loss quorum-forms-in-parallel quorum-lost-refuses-writes quorum-survives-member-loss
  app: quorum-survives-zone-loss rwop-protects-postgres scale-down-ignores-leader single-redis-deployment statefulset-does-not-replicate
  app: rabbitmq-cluster rabbitmq-whole-stop
  app: two-postgres-one-volume
  backup: compressed-dump-restores cronjob-rotates-snapshots deleted-pvc-needs-snapshot-or-dump dropped-database-needs-snapshot-or-dump
  backup: dump-job-fails-on-error dump-job-ignores-errors etcd-backup-has-no-volume-data file-copy-of-running-postgres
  backup: find-mtime-keeps-eight-days pg-dump-restores-completely postgres-image-lacks-aws-cli postgres-recovers-from-snapshot
  backup: restore-test-finds-damage rotation-counts-objects rwo-pvc-blocks-job-on-other-node snapshots-lost-with-storage
  cost: df-shows-volume left-over-pvcs requests-not-usage right-size-by-copy
  csi: attach-skipped formatted-once provisioner-makes-pv pv-names-its-volume volume-health-untold volume-life
  data-sources: clone-of-volume-in-use clone-of-volume-in-use-refused clone-to-larger-volume volume-populator
  deployments: no-persistent-volume-per-pod read-only-volume-shared replicas-are-interchangeable replicas-share-one-pvc
  deployments: rwo-volume-on-other-node shared-files-need-locks
  diagnosis: attach-and-mount-events force-delete-flags hands-on-exercise kubectl-shows-state pending-pvc-events zone-mismatch-events
  dns: cluster-ip-service-names-pods deployment-pods-have-no-names
  examples: commands dump-cronjob dump-cronjob-as-written expansion-and-snapshots mongodb-replica-set mongodb-without-secret nginx-exercise
  examples: nginx-serves-its-volume
  examples: postgres postgres-over-zones postgres-without-password refused-as-written snapshot-cronjobs
  examples: static-and-dynamic-volumes storage-classes velero-schedule
  expansion: allowed-by-class-and-quota growth-across-node-stop manually-edited-pv-capacity new-replica-keeps-template-size no-shrink
  expansion: repeated-growth shared-volume-on-two-nodes writes-continue-during-expansion
  failures: control-plane-outage drain-keeps-budget drain-spares-local-data driver-crash force-deleted-pod-runs-on graceful-node-shutdown
  failures: reboot-before-unmount
  failures: kubelet-restart node-loss-timers node-object-deleted node-reboot out-of-service-taint release-on-live-node
  persistent-volumes: clone-equals-source fsync-survives-power-loss one-volume-per-pvc stays-attached-through-crash
  persistent-volumes: survives-container-crash survives-pod-deletion
  pods: config-outlives-pod container-restart-keeps-volumes empty-dir-size-limit grace-period image-volume
  probes: liveness-restarts-container readiness-orders-replicas-and-traffic restart-does-not-free-disk startup-probe-gives-time
  probes: volume-usage-told
  pvcs: pending-pvc-class-immutable pvc-in-same-namespace rbac-on-pvcs storage-request-required
  quotas: by-class-and-count enforced-at-creation volume-attributes-scope
  reclaim: deleted-while-provisioned deletion-spares-others static-volume-deleted
  retention: scale-up-reattaches
  statefulset: deletion-is-unordered identity-survives-replacement node-local-pod-waits-after-drain scale-up-waits-for-ready-pods
  statefulset: selector-must-match volume-claim-templates-immutable
  storage-classes: immediate-not-deprecated
  topology: exhausted-node-given-up node-name-skips-scheduler node-with-room-selected rwo-volume-in-either-zone
  updates: broken-parallel-rollout-continues broken-rollout-needs-pod-deletion no-surge-and-no-pause
  upgrade: backups-restore control-plane-leaves-pods drained-pods-return driver-keeps-mounts half-done-ends old-snapshots-restore
  upgrade: older-kubelets-serve state-survives
  velero: backup-has-no-schedule backup-in-other-namespace-ignored backup-not-point-in-time backup-without-volume-data cluster-loss
  velero: crash-consistent csi-snapshot-stores-no-volume-data locations-must-exist restore-one-pvc
  velero: round-trip-moved-snapshots statefulset-restored
  volume-snapshots: abandoned-restore crash-consistent failed-snapshot-and-source group-snapshot-consistent job-completes-before-snapshot
  volume-snapshots: needs-snapshot-controller not-taken-at-once restore-equals-snapshot restore-to-larger-volume
  volume-snapshots: restore-with-default-class source-immutable source-unchanged unflushed-data-not-included
  volumes: inline-ephemeral-destroyed
`

test('each guarantee is broken by a mutant of a component, but for those listed', () => {
  const broken = new Set<string>(mutants.flatMap(({ killedBy, equivalent }) => (equivalent === undefined ? [killedBy] : [])))
  const listed = brokenByNoComponent
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [concept = '', names = ''] = line.trim().split(': ')
      return names.split(' ').map((name) => `${concept}/${name}`)
    })
  const without = [...guarantees.keys()].filter((id) => !broken.has(id))
  expect(without.toSorted()).toEqual(listed.toSorted())
})

/** Directories of Go modules in the module cache, in the versions that a pinning module has; none is downloaded. */
async function cached(pinned: string, modules: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const environment = { GOPROXY: 'off', GOFLAGS: '-mod=readonly', GOTOOLCHAIN: 'local' }
  const list = ['list', '-m', '-e', '-f', '{{.Path}} {{if .Replace}}{{.Replace.Dir}}{{else}}{{.Dir}}{{end}}', ...modules]
  const { failed, stdout } = await execa('go', list, { cwd: pinned, env: environment, reject: false })
  const lines = failed ? [] : stdout.split('\n').map((line) => line.split(' ') as [string, string])
  return new Map(lines.filter(([, directory]) => directory !== '' && existsSync(directory)))
}

describe.each([...Map.groupBy(mutants, ({ component }) => component)])('%s', async (component, some) => {
  const pinned = goModuleDirectory(targets[component].program(releaseOf()).module)
  const found = await cached(pinned, [...new Set(some.map(({ module }) => module))])
  test.for([...Map.groupBy(some, ({ module, file }) => `${module} ${file}`)])('%s', ([, edits], { skip }) => {
    const path = edits.map(({ module, file }) => join(found.get(module) ?? '', file))[0] ?? ''
    if (edits.some(({ module }) => !found.has(module))) return skip('Its Go module is not in the module cache.')
    expect(mutatedSource(readFileSync(path, 'utf8'), edits)).not.toBe('')
  })
})
