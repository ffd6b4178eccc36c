import { isPackage } from '../../contract/distribution.ts'
import { projectRoot } from './project-root.ts'

/**
 * Where the user's files are: `holdfast.yaml`, and `reports/out/` with the runs. The checkout; the current directory where Holdfast was
 * installed as a package, which it never writes to.
 */
export const workDirectory = isPackage ? process.cwd() : projectRoot
