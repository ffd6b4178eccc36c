import { planUpgrade } from '../../clusters/upgrade/upgrade-plan.ts'
import { workersOf } from '../../clusters/kind-config/kind-config.ts'
import type { NodeRecord } from '../../contract/cluster-record.ts'
import { counted } from '../../contract/counted.ts'
import { upgradeStages } from '../../contract/upgrade.ts'
import type { UpgradeRunPlan } from './plan-upgrade-run.ts'

const before = { begin: 'Before the suites make their state', 'control-plane': 'The control plane', whole: 'The whole platform' } as const

/** What an upgrade would judge and do, for a person to read. The nodes have the names that kind gives them, without that of the cluster. */
export function dryRunText({ plan, request }: UpgradeRunPlan): string {
  const steps = planUpgrade({ request, nodes: nodesOf(workersOf(plan.settings)) })
  const guarantees = plan.guarantees.map(({ level, id }) => `  ${level.padEnd(6)}  ${id}`)
  const stages = upgradeStages.flatMap((stage) => {
    const titles = steps.filter((step) => step.stage === stage).map(({ title }) => `  ${title}`)
    return titles.length === 0 ? [] : ['', before[stage], ...titles]
  })
  return [`Would judge ${counted(guarantees.length, 'guarantees')}`, ...guarantees, ...stages].join('\n')
}

function nodesOf(workers: number): readonly NodeRecord[] {
  const node = (name: string, role: NodeRecord['role']): NodeRecord => ({ name, role, zone: '', container: name, address: '' })
  const names = Array.from({ length: workers }, (_, place) => `worker${place === 0 ? '' : place + 1}`)
  return [node('control-plane', 'control-plane'), ...names.map((name) => node(name, 'worker'))]
}
