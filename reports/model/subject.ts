import { z } from 'zod'

const file = z.strictObject({
  path: z.string(),
  /** Of its content; of a kustomization, of the objects that it comes to. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The program that rendered a kustomization, with its version. */
  renderedBy: z.string().optional(),
})

/** Schema of a CSI driver that the user brought to a cluster of ours: it is what the run judges. */
export const subjectSchema = z.strictObject({
  name: z.string(),
  /** By the tags of its images, whose digests are with the images of the cluster. */
  version: z.string(),
  definition: file,
  /** What it was installed from. */
  files: z.array(file).readonly(),
  /** Archives of images that were loaded into the nodes. */
  archives: z.array(file).readonly(),
  namespaces: z.array(z.string()).readonly(),
})

/** A CSI driver that the user brought. */
export type ReportedSubject = z.infer<typeof subjectSchema>

/** What was installed from which files, in words: `driver.yaml (sha256 …), definition driver-definition.yaml (sha256 …)`. */
export function installedFrom({ files, archives, definition }: ReportedSubject): string {
  const written = ({ path, sha256, renderedBy }: ReportedSubject['files'][number]) =>
    `${path} (sha256 ${sha256}${renderedBy === undefined ? '' : `, rendered by ${renderedBy}`})`
  return [
    ...files.map(written),
    ...archives.map((archive) => `images of ${written(archive)}`),
    `by the definition ${written(definition)}`,
  ].join('; ')
}
