import { targets } from '../../clusters/component-mutants/targets.ts'
import { applicationNames } from '../../clusters/images/application-images.ts'
import { kubernetesReleases } from '../../clusters/images/kubernetes-release.ts'
import { mutants } from '../../clusters/mutants/catalogue.ts'
import { readStrangers } from '../../clusters/strangers/stranger.ts'

/** Lists that are read when they are asked for, by `holdfast complete`. */
export type Listed = 'runs' | 'clusters' | 'guarantees' | 'areas' | 'features'

/** What a value is completed with. */
export type Values =
  | { readonly by: 'words'; readonly words: readonly string[] }
  | { readonly by: 'list'; readonly list: Listed }
  | { readonly by: 'files' | 'directories' | 'nothing' }

interface Value {
  /** Words that call the command. */
  readonly called: string
  /** Name of the option or the argument, without hyphens before it. */
  readonly name: string
  /** What help calls the value. */
  readonly placeholder: string
  readonly choices: readonly string[] | undefined
}

const list = (which: Listed): Values => ({ by: 'list', list: which })
const words = (all: readonly string[]): Values => ({ by: 'words', words: all })

/** What the values of an option are, by its name, where help calls them by a word for many things. */
const byName: Readonly<Record<string, () => Values>> = {
  cluster: () => list('clusters'),
  'allow-disruptive': () => list('guarantees'),
  guarantee: () => list('guarantees'),
  components: () => words(Object.keys(targets)),
  kubernetes: () => words(kubernetesReleases.map(({ minor }) => minor)),
}

/** What the names are that a command takes. */
const namesOf: Readonly<Record<string, () => Values>> = {
  down: () => list('clusters'),
  strangers: () => words(readStrangers().map(({ name }) => name)),
}

/** What values are, by what help calls them. */
const byPlaceholder: readonly (readonly [placeholder: RegExp, values: () => Values])[] = [
  [/^(?:file|path)$/, () => ({ by: 'files' })],
  [/\bdirectory$/, () => ({ by: 'directories' })],
  // What is compared is a run or a report, on either side.
  [/\brun(?:s|\b)|^(?:before|after|report)$/, () => list('runs')],
  [/^cluster$/, () => list('clusters')],
  [/^guarantees$/, () => list('guarantees')],
  [/^areas$/, () => list('areas')],
  [/^features$/, () => list('features')],
  [/^images$/, () => words(['workload', ...applicationNames, 'holdfast'])],
  [/^mutants$/, () => words(Object.keys(mutants))],
]

/** What a value is completed with. Nothing is offered for what only the user knows. */
export function valuesOf({ called, name, placeholder, choices }: Value): Values {
  if (choices !== undefined) return words(choices)
  const byItsName = byName[name]
  if (byItsName !== undefined) return byItsName()
  if (name === 'names') return namesOf[called]?.() ?? list('guarantees')
  const [, values] = byPlaceholder.find(([known]) => known.test(placeholder)) ?? []
  return values?.() ?? { by: 'nothing' }
}
