import { didYouMean } from '../../contract/nearest-name.ts'
import { systemNamespace } from '../../contract/system.ts'
import { readComponentMutants } from '../component-mutants/catalogue.ts'
import { volumesInNode } from '../directories.ts'
import { SetupError } from '../setup-error.ts'
import type { UpgradableName } from './workloads.ts'

/** A way in which a new version breaks what the old one had made, and the guarantee that must come out Failed for it. */
export interface UpgradeMutant {
  readonly name: string
  /** What is broken, in one sentence. */
  readonly description: string
  readonly killedBy: string
  readonly by:
    /** The kubelet of the target has the mutant of this name compiled in, and in force. */
    | { readonly component: 'kubelet' }
    /** The new version runs with other arguments: words of kubectl that change them. */
    | { readonly component: UpgradableName; readonly patch: readonly string[] }
}

const dataDirectory = '/spec/template/spec/containers/0/args/3'

/** The controller of the driver alone: volumes that are mounted stay so. */
const otherDirectory = [
  { op: 'test', path: dataDirectory, value: `--data-directory=${volumesInNode}` },
  { op: 'replace', path: dataDirectory, value: `--data-directory=${volumesInNode}/of-the-next-version` },
]

const ofComponents: readonly UpgradeMutant[] = [
  {
    name: 'driver-forgets-volumes',
    description: 'The new version of the CSI driver keeps its records in another directory, and knows no volume of the old one.',
    killedBy: 'upgrade/driver-keeps-mounts',
    by: {
      component: 'csi-hostpath',
      patch: [
        ...['patch', 'deployment/csi-hostpath-controller', `--namespace=${systemNamespace}`],
        ...['--type=json', `--patch=${JSON.stringify(otherDirectory)}`],
      ],
    },
  },
]

/** Every mutant of an upgrade. Those of the kubelet are mutants of components that only an upgrade shows. */
export function upgradeMutants(): readonly UpgradeMutant[] {
  const ofKubelet = readComponentMutants().filter(({ component, killedBy }) => component === 'kubelet' && killedBy.startsWith('upgrade/'))
  return [
    ...ofComponents,
    ...ofKubelet.map(({ name, description, killedBy }): UpgradeMutant => ({ name, description, killedBy, by: { component: 'kubelet' } })),
  ]
}

/** The mutant of that name. Throws a `SetupError` with the nearest names where there is none. */
export function upgradeMutantNamed(name: string): UpgradeMutant {
  const all = upgradeMutants()
  const found = all.find((mutant) => mutant.name === name)
  if (found !== undefined) return found
  const names = all.map((mutant) => mutant.name)
  throw new SetupError(`There is no mutant ${name} of an upgrade.${didYouMean(name, names)}`, { fix: `Choose from ${names.join(', ')}.` })
}
