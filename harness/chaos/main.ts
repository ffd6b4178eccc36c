import { randomBytes } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import type { RequestOptions } from 'node:https'
import { parseArgs } from 'node:util'
import { KubeConfig } from '@kubernetes/client-node'
import { decideBy } from './decisions.ts'
import { startChaosProxy } from './proxy.ts'

/** Runs a proxy until its parent is gone, and sends that where it is: `{"port":40123,"token":"…"}`. */
const { values } = parseArgs({
  options: { kubeconfig: { type: 'string' }, context: { type: 'string' }, seed: { type: 'string' }, log: { type: 'string' } },
})
const { kubeconfig = '', context, seed = '', log = '' } = values

const config = new KubeConfig()
config.loadFromFile(kubeconfig)
if (context !== undefined && context !== '') config.setCurrentContext(context)
const server = new URL(config.getCurrentCluster()?.server ?? '')

const file = openSync(log, 'a')
const token = randomBytes(24).toString('base64url')
const proxy = await startChaosProxy({
  upstream: {
    server,
    async options() {
      const options: RequestOptions = {}
      await config.applyToHTTPSOptions(options)
      return options
    },
  },
  decisions: decideBy(Number(seed)),
  token,
  log: (entry) => void writeSync(file, `${JSON.stringify(entry)}\n`),
})
process.send?.({ port: proxy.port, token })
process.on('disconnect', () => {
  void proxy[Symbol.asyncDispose]().then(() => {
    closeSync(file)
    process.exit()
  })
})
