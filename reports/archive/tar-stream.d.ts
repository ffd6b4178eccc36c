/** What Holdfast uses of tar-stream, which has no types of its own. */
declare module 'tar-stream' {
  import type { Duplex, Readable } from 'node:stream'

  interface Header {
    readonly name: string
    readonly type?: string | null
    readonly size?: number
    readonly mode?: number
    readonly uid?: number
    readonly gid?: number
    readonly mtime?: Date
  }

  function pack(): Readable & {
    entry(header: Header, content: Uint8Array): unknown
    finalize(): void
  }

  function extract(): Duplex & AsyncIterable<Readable & { readonly header: Header; resume(): void }>
}
