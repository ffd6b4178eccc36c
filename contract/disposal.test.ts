import { mkdtempSync, opendirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AsyncDisposableStack as Imported, Stack, Suppressed, SuppressedError as ImportedError } from './disposal.ts'
import { temporaryPrefix } from './owner.ts'

describe.each([
  ['that of Node', AsyncDisposableStack],
  ['ours', Stack],
])('a stack: %s', (_, Tried) => {
  test('disposes of everything, the last first, and waits for each', async () => {
    const order: string[] = []
    const later = async (name: string) => {
      await Promise.resolve()
      order.push(name)
    }
    {
      await using stack = new Tried()
      stack.defer(async () => later('first'))
      stack.use({ [Symbol.dispose]: () => void order.push('second') })
      stack.use({ [Symbol.asyncDispose]: async () => later('third'), [Symbol.dispose]: () => void order.push('wrong') })
      expect(stack.adopt('value', async (value) => later(value))).toBe('value')
      expect(stack.use(null)).toBeNull()
    }
    expect(order).toEqual(['value', 'third', 'second', 'first'])
  })

  test('throws what the work threw last, with what it was thrown on top of', async () => {
    const stack = new Tried()
    for (const name of ['one', 'two', 'three']) {
      stack.defer(() => {
        throw new Error(name)
      })
    }
    await expect(stack.disposeAsync()).rejects.toMatchObject({
      name: 'SuppressedError',
      error: { message: 'one' },
      suppressed: { error: { message: 'two' }, suppressed: { message: 'three' } },
    })
  })

  test('one error is thrown as it is', async () => {
    const stack = new Tried()
    const error = new Error('only')
    stack.defer(() => Promise.reject(error))
    await expect(stack.disposeAsync()).rejects.toBe(error)
  })

  test('gives what it holds to another one', async () => {
    const order: string[] = []
    const stack = new Tried()
    stack.defer(() => void order.push('moved'))
    const moved = stack.move()
    await stack.disposeAsync()
    expect([stack.disposed, moved.disposed, order]).toEqual([true, false, []])
    await moved.disposeAsync()
    await moved.disposeAsync()
    expect(order).toEqual(['moved'])
  })

  test('takes nothing that cannot be disposed of, and nothing once it is disposed of', async () => {
    const stack = new Tried()
    expect(() => stack.use({} as Disposable)).toThrow(TypeError)
    await stack.disposeAsync()
    expect(() => stack.defer(() => undefined)).toThrow(ReferenceError)
    expect(() => stack.move()).toThrow(ReferenceError)
  })
})

test('our error is like that of Node', () => {
  const [node, ours] = [new SuppressedError(1, 2, 'both'), new Suppressed(1, 2, 'both')]
  for (const error of [node, ours]) expect(error).toMatchObject({ name: 'SuppressedError', error: 1, suppressed: 2, message: 'both' })
  expect(ours).toBeInstanceOf(Error)
})

test('where Node has them, its own are used', () => {
  expect([Imported, ImportedError]).toEqual([AsyncDisposableStack, SuppressedError])
})

test('a directory can be disposed of', async () => {
  const path = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const directory = opendirSync(path)
  await directory[Symbol.asyncDispose]()
  rmSync(path, { recursive: true })
  expect(() => directory.readSync()).toThrow('closed')
})
