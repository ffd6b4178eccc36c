import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { projectRoot } from '../directories.ts'

const sentence = z.string().regex(/\S.*\.$/s, 'write a sentence')
const text = z.string().min(1)

const schema = z.strictObject({
  /** What it is, in a few words. */
  title: text,
  /** Name of its CSI driver, which each node must have; absent where it is none. */
  driver: text.optional(),
  /** Whether somebody gave the cluster the snapshot API. */
  snapshots: z.boolean().default(false),
  /** Names of images in its manifests, each with the name of the image in Holdfast's catalogue. */
  images: z.record(text, text),
  /** StorageClass that the user names; the default one when absent. */
  storageClass: text.optional(),
  /** The rights of whoever runs the suites: all of them, or those that `holdfast rbac` prints. */
  rights: z.enum(['all', 'least']).default('all'),
  /** Level of Pod Security in namespaces that name none. */
  podSecurity: z.literal('restricted').optional(),
  /** What each new namespace of a user is allowed, as in a ResourceQuota. */
  quota: z.record(text, text).optional(),
  /** What `npm test` runs of it, as `run` takes names. */
  quick: z.array(text).min(1),
  /** What `npm run strangers` runs of it, as `run` takes names; all that a user gets when absent. */
  whole: z.array(text).min(1).optional(),
  /** Every feature that must come out as lacking, and why that is true. */
  lacks: z.record(text, sentence),
  /** Every guarantee that must come out Failed: words of its reason, and why that is true. */
  fails: z.record(text, z.strictObject({ says: text, because: sentence })).default({}),
})

/** Storage that Holdfast knows nothing of, on a cluster that somebody else set up, and what judging it must come to. */
export interface Stranger extends z.infer<typeof schema> {
  readonly name: string
  /** Its folder. */
  readonly directory: string
  /** What is installed: a kustomization. */
  readonly manifests: string
  /** Definition of its CSI driver; undefined where the user has none. */
  readonly definition: string | undefined
}

const folder = join(projectRoot, 'clusters/strangers')

/** Every stranger, in the order of their names. Throws for one whose file is wrong. */
export function readStrangers(from: string = folder): readonly Stranger[] {
  return readdirSync(from, { withFileTypes: true })
    .filter((each) => each.isDirectory() && existsSync(join(from, each.name, 'stranger.yaml')))
    .map(({ name }) => readStranger(name, join(from, name)))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

function readStranger(name: string, directory: string): Stranger {
  const file = join(directory, 'stranger.yaml')
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')))
  if (!parsed.success) throw new Error(`${file} is wrong: ${z.prettifyError(parsed.error)}`)
  const definition = join(directory, 'definition.yaml')
  const found = existsSync(definition) ? definition : undefined
  return { ...parsed.data, name, directory, manifests: join(directory, 'deploy'), definition: found }
}
