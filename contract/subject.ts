/** A file of the user's from which something was installed. */
export interface InstalledFile {
  /** As it was given; a kustomization by its directory. */
  readonly path: string
  /** Of its content; of a kustomization, of the objects that it comes to. */
  readonly sha256: string
  /** The program that rendered a kustomization, with its version. */
  readonly renderedBy?: string
}

/** A CSI driver of the user's that was put on a cluster of ours, and so is what a run judges. */
export interface Subject {
  /** Name of the driver, as in `CSIDriver`. */
  readonly name: string
  /** By the tags of its images; a tag may move, and the digests are with the images of the cluster. */
  readonly version: string
  /** Its definition. */
  readonly definition: InstalledFile
  /** What its objects were read from. */
  readonly files: readonly InstalledFile[]
  /** Archives of images that were loaded into the nodes. */
  readonly archives: readonly InstalledFile[]
  /** Namespaces that its Pods are in. */
  readonly namespaces: readonly string[]
}
