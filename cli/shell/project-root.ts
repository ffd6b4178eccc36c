import { dirname } from 'node:path'

/** Root of the checkout that this command line belongs to. */
export const projectRoot = dirname(dirname(import.meta.dirname))
