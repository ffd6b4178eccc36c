import { expect, test } from 'vitest'
import { configurationFields, gateDependencies } from './kubernetes-fields.ts'

const text = `
// Outer is documented. json:"none"
type Outer struct {
	metav1.TypeMeta \`json:",inline"\`

	// MaxPods is a number.
	MaxPods int32 \`json:"maxPods,omitempty"\`
	Inner *Inner \`json:"inner"\`
	Many []Inner \`json:"many,omitempty"\`
	Gates map[string]bool \`json:"gates,omitempty"\`
	Wait metav1.Duration \`json:"wait,omitempty" datapolicy:"none"\`
}

type Inner struct {
	Common \`json:""\`

	Own string \`json:"own,omitempty"\`
}

type Common struct {
	Shared string \`json:"shared,omitempty"\`
}
`

test('fields are those of the struct, of structs within it and of what it takes in', () => {
  const { Outer } = configurationFields([{ kind: 'Outer', text }])
  expect(Outer).toEqual({
    ...{ apiVersion: true, kind: true, maxPods: true, many: true, gates: true, wait: true },
    inner: { shared: true, own: true },
  })
})

test('a kind that moved is an error, not an empty list', () => {
  expect(() => configurationFields([{ kind: 'Gone', text }])).toThrow('There is no struct Gone where it used to be.')
})

test('gates that need others, from other packages too', () => {
  const source = `
var defaultKubernetesFeatureGateDependencies = map[featuregate.Feature][]featuregate.Feature{
	Alone: {},

	One: {genericfeatures.Other},

	Two: {One}, // Other is indirect.

	Three: {
		One,
		Two, // and why
	},

	genericfeatures.Four: {genericfeatures.Other, One},
}
`
  expect(gateDependencies(source)).toEqual({ One: ['Other'], Two: ['One'], Three: ['One', 'Two'], Four: ['Other', 'One'] })
  expect(gateDependencies('none before 1.35')).toEqual({})
})
