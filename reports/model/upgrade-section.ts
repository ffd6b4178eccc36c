import { z } from 'zod'
import type { UpgradeProgress } from '../../contract/upgrade.ts'

const versions = z.strictObject({
  apiServer: z.string(),
  nodes: z.array(z.strictObject({ node: z.string(), kubelet: z.string(), containerd: z.string() })),
  /** References of images by `<Pod>/<container>`. */
  images: z.record(z.string(), z.string()),
})

const stage = z.enum(['begin', 'control-plane', 'whole'])

/** Schema of the upgrade of a run: from what to what, each step with its times, and what the API showed before and after each stage. */
export const upgradeSectionSchema = z.strictObject({
  /** From which version to which, by component; an image by its reference. */
  changes: z.record(z.string(), z.strictObject({ from: z.string(), to: z.string() })),
  /** Whether each node was drained before its kubelet was upgraded. */
  drained: z.boolean(),
  /** How the new version broke what the old one had made; absent in an honest upgrade. */
  mutant: z.string().optional(),
  steps: z.array(
    z.strictObject({
      title: z.string(),
      stage,
      node: z.string().optional(),
      /** Absent for a step that was not begun. */
      startedAt: z.iso.datetime().optional(),
      /** Absent for a step that did not end. */
      endedAt: z.iso.datetime().optional(),
      /** What it printed, by its path in the directory of the run. */
      log: z.string().optional(),
    }),
  ),
  stages: z.array(z.strictObject({ stage, startedAt: z.iso.datetime(), endedAt: z.iso.datetime(), before: versions, after: versions })),
  /** Why it ended early; absent where it did not. */
  failure: z.string().optional(),
})

/** The upgrade of a run. */
export type UpgradeSection = z.infer<typeof upgradeSectionSchema>

/** Schema of `upgrade/progress.json`. */
export const upgradeProgressSchema = z.custom<UpgradeProgress>(
  (value) => typeof value === 'object' && value !== null && 'schemaVersion' in value && value.schemaVersion === 1,
  'is not the progress of an upgrade of schema version 1',
)

/** What a report says of the upgrade of its run. */
export function upgradeSection({ changes, drained, mutant, steps, stages, failure }: UpgradeProgress): UpgradeSection {
  const optional = { ...(mutant !== undefined && { mutant }), ...(failure !== undefined && { failure }) }
  return structuredClone({ changes, drained, ...optional, steps, stages }) as UpgradeSection
}

/** What was upgraded, in one line: `kubernetes v1.36.3 → v1.37.2, nodes drained`. */
export function upgradeLine({ changes, drained, failure }: UpgradeSection): string {
  const all = Object.entries(changes).map(([name, { from, to }]) => (from === to ? `${name} ${to}, run anew` : `${name} ${from} → ${to}`))
  const nodes = changes['kubernetes'] === undefined ? [] : [drained ? 'nodes drained' : 'nodes not drained']
  return [...all, ...nodes, ...(failure === undefined ? [] : ['ended early'])].join(', ')
}

/** Seconds of a step; undefined for one that did not end. */
export function secondsOfStep({ startedAt, endedAt }: UpgradeSection['steps'][number]): number | undefined {
  return startedAt === undefined || endedAt === undefined ? undefined : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
}
