import { dumpYaml } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { toClientModel } from './api.ts'

test('a definition keeps its rules, defaults and enumerations on its way to the API server', () => {
  const phase = { type: 'string', enum: ['New', 'Old'], default: 'New' }
  const source = { type: 'string', 'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'source is immutable' }] }
  const schema = { openAPIV3Schema: { type: 'object', properties: { phase, source } } }
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: { group: 'example.com', versions: [{ name: 'v1', served: true, storage: true, schema }] },
  }
  expect(parse(dumpYaml(toClientModel(definition)))).toEqual(definition)
})
