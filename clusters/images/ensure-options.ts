import type { Config } from '../config.ts'
import type { Log } from '../log.ts'

/** Settings that say which images are made, and where to say what is done. */
export interface EnsureOptions {
  readonly config: Config
  readonly log: Log
}
