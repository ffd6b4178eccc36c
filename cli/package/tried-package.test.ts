import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { problemOf, triedPackage, whyNoRegistry } from './tried-package.ts'

const anywhere = { directory: tmpdir(), signal: new AbortController().signal }

test('a command that ends well is no problem, and one that does not is told with what it said last', async () => {
  expect(await problemOf(['sh', '-c', 'echo fine'], anywhere)).toBeUndefined()
  expect(await problemOf(['sh', '-c', 'echo first; echo last >&2; exit 3'], anywhere)).toBe(
    '"sh -c echo first; echo last >&2; exit 3" ended with 3: last',
  )
  expect(await problemOf(['no-such-program'], anywhere)).toContain('"no-such-program" ended with a signal')
})

test('what is interrupted throws why', async () => {
  const interrupted = new AbortController()
  const trying = problemOf(['sleep', '60'], { ...anywhere, signal: interrupted.signal })
  interrupted.abort(new Error('Ctrl-C'))
  await expect(trying).rejects.toThrow('Ctrl-C')
})

test('where npm reaches no registry, the package is left out', async () => {
  expect(await whyNoRegistry(['false'])).toBe('left out, because npm reaches no registry')
  expect(await whyNoRegistry(['true'])).toBeUndefined()
  expect(triedPackage().id).toBe('package')
})
