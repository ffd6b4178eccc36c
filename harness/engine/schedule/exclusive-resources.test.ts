import { expect, test } from 'vitest'
import { withExclusiveResources } from './exclusive-resources.ts'

/** Runs guarantees that each wait for a turn of the others; resolves to what was under way at the start of each. */
async function underWay(
  ...guarantees: readonly { readonly name: string; readonly disruptive?: true; readonly holds?: readonly string[] }[]
) {
  const now = new Set<string>()
  const seen: string[] = []
  await Promise.all(
    guarantees.map(async ({ name, ...guarantee }) =>
      withExclusiveResources(guarantee, async () => {
        now.add(name)
        seen.push([...now].join('+'))
        for (let turns = 0; turns < 20; turns += 1) await new Promise(setImmediate)
        now.delete(name)
      }),
    ),
  )
  return seen
}

test('guarantees that hold nothing run at the same time', async () => {
  expect(await underWay({ name: 'a' }, { name: 'b' })).toEqual(['a', 'a+b'])
})

test('guarantees that hold the same run one after the other, beside those that do not', async () => {
  const holds = ['default StorageClass']
  expect(await underWay({ name: 'a', holds }, { name: 'b', holds }, { name: 'c' })).not.toContainEqual(expect.stringMatching(/a.*b|b.*a/u))
})

test('a disruptive guarantee runs alone', async () => {
  const seen = await underWay({ name: 'a' }, { name: 'b', disruptive: true }, { name: 'c' })
  expect(seen.filter((names) => names.includes('b'))).toEqual(['b'])
})
