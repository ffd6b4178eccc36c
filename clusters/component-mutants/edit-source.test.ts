import { expect, test } from 'vitest'
import { type Edit, EditRefused, mutatedSource } from './edit-source.ts'

const source = `package p

func f(a, b bool) int {
	if a && b {
		g()
		return 1
	}
	g()
	return 2
}
`

function edit(more: Partial<Edit>): Edit {
  return { name: 'one', as: 'expression', type: 'bool', what: 'a && b', instead: 'false', ...more }
}

test('an expression becomes a function that picks one of two, and the rest of the file stays', () => {
  const mutated = mutatedSource(source, [edit({})])
  expect(mutated).toContain('if func() bool { if holdfastMutantOn("one") { return false }; return a && b }() {')
  expect(mutated.replace(/func\(\) bool.*\}\(\)/, 'a && b')).toBe(source)
})

test('a statement is run where the mutant is off, and what is before it where it is on', () => {
  expect(mutatedSource(source, [edit({ as: 'statement', what: 'return 2', instead: 'return 3' })])).toContain(
    'if holdfastMutantOn("one") { return 3 } else { return 2 }',
  )
  expect(mutatedSource(source, [edit({ as: 'before', what: 'return 2', instead: 'return 3' })])).toContain(
    'if holdfastMutantOn("one") { return 3 }; return 2',
  )
})

test('white space of the text is that of the file, whatever its kind', () => {
  expect(mutatedSource(source, [edit({ as: 'statement', what: 'g() return 1', instead: '' })])).toContain('else { g()\n\t\treturn 1 }')
})

test('a text that is there several times needs an anchor', () => {
  const twice = edit({ as: 'statement', what: 'g()', instead: '' })
  expect(() => mutatedSource(source, [twice])).toThrow('The text of one is in the file several times: g()')
  expect(mutatedSource(source, [{ ...twice, after: 'return 1' }])).toContain(
    '}\n\tif holdfastMutantOn("one") {  } else { g() }\n\treturn 2',
  )
  expect(() => mutatedSource(source, [{ ...twice, after: 'return' }])).toThrow(EditRefused)
})

test('a text that is not there is refused', () => {
  expect(() => mutatedSource(source, [edit({ what: 'a || b' })])).toThrow('The text of one is not in the file: a || b')
  expect(() => mutatedSource(source, [edit({ after: 'return 1' })])).toThrow('not in the file behind its anchor')
})

test('several mutants have the same text, each by its own name', () => {
  const mutated = mutatedSource(source, [edit({}), edit({ name: 'two', instead: 'true' })])
  expect(mutated).toContain(
    'func() bool { if holdfastMutantOn("one") { return false }; return func() bool { if holdfastMutantOn("two") { return true }; return a && b }() }()',
  )
})

test('a mutant within the text of another is in force where that is off', () => {
  const whole = edit({ name: 'whole', as: 'statement', what: 'if a && b { g() return 1 }', instead: 'return 0' })
  const mutated = mutatedSource(source, [edit({}), whole])
  expect(mutated).toContain('if holdfastMutantOn("whole") { return 0 } else { if func() bool { if holdfastMutantOn("one")')
})

test('two mutants whose texts merely overlap are refused', () => {
  const overlapping = edit({ name: 'two', what: 'if a', instead: '' })
  expect(() => mutatedSource(source, [edit({}), overlapping])).toThrow('The texts of two and one overlap, and neither is within the other.')
})
