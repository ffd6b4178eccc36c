import { Dir } from 'node:fs'

/** Exported for its test, which runs where Node has one of its own. */
export class Suppressed extends Error {
  readonly error: unknown
  readonly suppressed: unknown

  constructor(error?: unknown, suppressed?: unknown, message = '') {
    super(message)
    this.name = 'SuppressedError'
    this.error = error
    this.suppressed = suppressed
  }
}

type Disposable = { readonly [Symbol.asyncDispose]: () => unknown } | { readonly [Symbol.dispose]: () => unknown } | null | undefined

/** Exported for its test, which runs where Node has one of its own. */
export class Stack {
  #disposers: (() => unknown)[] = []
  #disposed = false

  get disposed(): boolean {
    return this.#disposed
  }

  use<T extends Disposable>(value: T): T {
    this.#refuseDisposed()
    if (value === null || value === undefined) return value
    const found: unknown = Symbol.asyncDispose in value ? value[Symbol.asyncDispose] : value[Symbol.dispose]
    if (typeof found !== 'function') throw new TypeError('The value cannot be disposed of.')
    this.#disposers.push(() => found.call(value) as unknown)
    return value
  }

  adopt<T>(value: T, onDispose: (value: T) => unknown): T {
    this.defer(() => onDispose(value))
    return value
  }

  defer(onDispose: () => unknown): void {
    this.#refuseDisposed()
    this.#disposers.push(onDispose)
  }

  move(): Stack {
    this.#refuseDisposed()
    const moved = new Stack()
    moved.#disposers = this.#disposers
    this.#disposers = []
    this.#disposed = true
    return moved
  }

  async disposeAsync(): Promise<void> {
    if (this.#disposed) return
    this.#disposed = true
    const thrown: unknown[] = []
    for (const dispose of this.#disposers.toReversed()) {
      try {
        await dispose()
      } catch (error) {
        thrown.push(thrown.length === 0 ? error : new SuppressedError(error, thrown.pop()))
      }
    }
    this.#disposers = []
    if (thrown.length > 0) throw thrown[0]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    return this.disposeAsync()
  }

  get [Symbol.toStringTag](): string {
    return 'AsyncDisposableStack'
  }

  #refuseDisposed(): void {
    if (this.#disposed) throw new ReferenceError('The stack has been disposed of.')
  }
}

// Node 22 lacks them: https://tc39.es/proposal-explicit-resource-management/. The code is written for Node 24, and the build of the package
// imports these in place of the globals.

/** That of Node, or the same where it has none. */
export const SuppressedError = globalThis.SuppressedError ?? Suppressed

/** That of Node, or the same where it has none. */
export const AsyncDisposableStack = globalThis.AsyncDisposableStack ?? Stack

// Programs open directories with `await using`.
if (!(Symbol.asyncDispose in Dir.prototype)) {
  Object.defineProperty(Dir.prototype, Symbol.asyncDispose, {
    configurable: true,
    writable: true,
    async value(this: Dir) {
      await this.close()
    },
  })
}
