import { readCredentials } from './read-credentials.ts'

/** Prints the credentials of a context of a kubeconfig as JSON. */
const [kubeconfig = '', context] = process.argv.slice(2)
try {
  process.stdout.write(JSON.stringify(await readCredentials(kubeconfig, context)))
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
