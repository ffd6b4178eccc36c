/** What a context of a kubeconfig says, in a form that can be handed from one thread to another. */
export interface Credentials {
  readonly server: string
  readonly tls: {
    /** PEM or PKCS#12 in base64. */
    readonly ca?: string
    readonly cert?: string
    readonly key?: string
    readonly pfx?: string
    readonly passphrase?: string
    readonly servername?: string
    readonly rejectUnauthorized?: false
  }
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[]>>
  /** Address of the proxy on the way. */
  readonly proxy?: string
  /** Whether they come from a plug-in or a file that changes, so that others may be valid later. */
  readonly expires: boolean
}
