import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('cores are kept busy until they are disposed of, and Node has nothing to warn of', async () => {
  // A worker that goes on keeps this program from ending.
  const script = `import { busyCores } from ${JSON.stringify(join(import.meta.dirname, 'busy-cores.ts'))}
const load = busyCores(2)
console.log(process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length)
await load[Symbol.asyncDispose]()`
  const ended = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  expect(ended).toEqual({ stdout: '2\n', stderr: '' })
})
