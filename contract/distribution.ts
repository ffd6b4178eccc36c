import { extname } from 'node:path'

/** How files of Holdfast's own code end: `.ts` in a checkout, `.js` in the package, because Node strips no types below `node_modules`. */
export const codeEnding = extname(import.meta.filename)

/** Whether this is the package that npm installs, and no checkout. */
export const isPackage = codeEnding === '.js'

/** How a user types the command line, for messages that say what to type. */
export const ownCommand = isPackage ? 'npx holdfast' : './holdfast'
