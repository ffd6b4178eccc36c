import type { ImageRecord } from '../../contract/cluster-record.ts'
import type { Config } from '../config.ts'
import { SetupError } from '../setup-error.ts'
import type { ApplicationName } from './application-images.ts'
import { debianImage, kubeadmImages, toolsImage } from './catalogue.ts'
import { imageId } from './engine-images.ts'
import { buildAll, registryAnswers } from './ensure-images.ts'
import type { EnsureOptions } from './ensure-options.ts'
import { imageIdentity } from './image-identity.ts'
import { type ImagePlan, mirrored, type PlannedImage, planImages } from './plan.ts'
import { pull } from './pull-image.ts'
import type { NeededImage } from './planned-images.ts'

/** An image that suites run in: theirs, or that of an application. */
export type SuiteImageName = 'workload' | ApplicationName

/** Settings that decide where an image comes from. */
type Settings = Pick<Config, 'offline' | 'mirror'>

/** Plans of the images that suites run in, in the order in which their images are looked for. */
interface Plans {
  /** Absent where no registry is to be used. */
  readonly registry?: ImagePlan
  readonly offline: ImagePlan
}

function plansOf({ offline = false, mirror }: Settings): Plans {
  const built = planImages('offline', { profile: 'velero' })
  return offline ? { offline: built } : { registry: planImages('registry', { profile: 'velero', mirror }), offline: built }
}

/** An image as a plan has it; undefined for one that cannot be built where nothing is pulled. */
function imageIn(plan: ImagePlan, name: SuiteImageName, { mirror }: Settings): PlannedImage | undefined {
  const found = plan.images.get(name)
  if (found !== undefined || name !== 'etcd') return found
  // A node image that was pulled has an etcd of its own, so the plan for one has none.
  const definition = kubeadmImages(plan.kubernetes).find((image) => image.name === name)
  if (definition?.lookUpName === undefined) return undefined
  const reference = mirrored(definition.lookUpName, mirror)
  return { definition: { ...definition, publicReference: definition.lookUpName }, reference, content: reference, pulled: true }
}

function candidates(plans: Plans, name: SuiteImageName, settings: Settings): readonly PlannedImage[] {
  return [plans.registry, plans.offline].flatMap((plan) => (plan === undefined ? [] : (imageIn(plan, name, settings) ?? [])))
}

/** An image that suites run in and where it would come from. Pulls and builds nothing. */
export async function plannedSuiteImage(name: SuiteImageName, settings: Settings): Promise<NeededImage> {
  const found = candidates(plansOf(settings), name, settings)
  for (const { reference } of found) if ((await imageId(reference)) !== undefined) return { name, reference, from: 'present' }
  const [first] = found
  if (first === undefined) throw unavailable(name)
  return { name, reference: first.reference, from: first.pulled ? 'pulled' : 'built' }
}

/**
 * What nodes are to pull that cannot get images from this machine, by name: the public images, or those of the mirror, or what only we
 * build. One that could only be pulled is left out where no registry is to be used.
 */
export function referencesForNodes(
  names: readonly SuiteImageName[],
  settings: Settings,
): ReadonlyMap<SuiteImageName, Pick<PlannedImage, 'reference' | 'pulled'>> {
  const { registry, offline } = plansOf(settings)
  return new Map(
    names.flatMap((name) => {
      const image = imageIn(registry ?? offline, name, settings)
      return image === undefined ? [] : [[name, image] as const]
    }),
  )
}

/**
 * Makes sure that images which suites run in are in the engine: present → pulled → built; nothing else is made. Throws a `SetupError` for
 * the first that can be neither pulled nor built.
 */
export async function ensureSuiteImages(names: readonly SuiteImageName[], options: EnsureOptions): Promise<readonly ImageRecord[]> {
  const plans = plansOf(options.config)
  const records: ImageRecord[] = []
  let answers: boolean | undefined
  for (const name of names) {
    const present = await presentImage(name, plans, options)
    if (present !== undefined) {
      records.push(present)
      continue
    }
    answers ??= plans.registry !== undefined && (await registryAnswers(plans.registry, options.log))
    records.push((answers && (await pulledImage(name, plans, options))) || (await builtImage(name, { ...plans, answers }, options)))
  }
  return records
}

async function presentImage(name: SuiteImageName, plans: Plans, { config }: EnsureOptions): Promise<ImageRecord | undefined> {
  for (const { reference } of candidates(plans, name, config)) {
    const found = await imageIdentity(reference)
    if (found !== undefined) return { name, reference, ...found, from: 'present' }
  }
  return undefined
}

async function pulledImage(name: SuiteImageName, { registry }: Plans, { config, log }: EnsureOptions): Promise<ImageRecord | undefined> {
  const image = registry && imageIn(registry, name, config)
  if (image === undefined || !image.pulled) return undefined
  log(`pulling ${image.reference}`)
  if (!(await pull(image.definition, image.reference, { log }))) return undefined
  return { name, reference: image.reference, ...(await imageIdentity(image.reference)), from: 'pulled' }
}

async function builtImage(
  name: SuiteImageName,
  { registry, offline, answers }: Plans & { readonly answers: boolean },
  { log }: EnsureOptions,
): Promise<ImageRecord> {
  const online = registry && answers ? planImages('registry', { ...registry.options, built: new Set([name]) }) : offline
  const plan = online.images.has(name) ? online : offline
  const image = plan.images.get(name)
  if (image === undefined) throw unavailable(name)
  const layers = [debianImage.name, toolsImage.name].flatMap((layer) => plan.images.get(layer) ?? [])
  await buildAll([...layers, image], plan, { log, made: new Map() })
  return { name, reference: image.reference, ...(await imageIdentity(image.reference)), from: 'built' }
}

function unavailable(name: SuiteImageName): SetupError {
  return new SetupError(`The image of ${name} cannot be pulled on this machine, and cannot be built.`, {
    fix: `Run the command where a registry answers, or leave out ${name}.`,
  })
}
