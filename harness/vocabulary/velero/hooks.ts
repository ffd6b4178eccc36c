/** Which objects are meant, by label. */
export interface Labelled {
  readonly matchLabels: Readonly<Record<string, string>>
}

/** A command in a container, run before or after its Pod is backed up, or once it was restored. */
export interface ExecHook {
  readonly exec: {
    readonly container?: string
    readonly command: readonly string[]
    readonly onError?: 'Continue' | 'Fail'
    /** How long the command may take, `30s`: the name differs between backups and restores. */
    readonly timeout?: string
    readonly execTimeout?: string
    readonly waitTimeout?: string
    readonly waitForReady?: boolean
  }
}

/** Hooks of a Backup or Restore, each for the Pods that are meant. */
export interface HookedResources<Hooks> {
  readonly resources: readonly (Hooks & {
    readonly name: string
    readonly includedNamespaces?: readonly string[]
    readonly includedResources?: readonly string[]
    readonly labelSelector?: Labelled
  })[]
}
