import { expect, test } from 'vitest'
import { rbacCommand } from './rbac-command.ts'

test.each<[Parameters<typeof rbacCommand>[0], Parameters<typeof rbacCommand>[1], string]>([
  [[], {}, './holdfast rbac'],
  [['statefulset', 'pvcs/*'], { skipSlow: true }, "./holdfast rbac statefulset 'pvcs/*' --skip-slow"],
  [['keeper'], { suites: ['my suites', 'b'] }, "./holdfast rbac keeper --suites 'my suites' --suites b"],
  [
    [],
    { profile: 'full', level: ['MUST', 'SHOULD'], skipDisruptive: true },
    './holdfast rbac --profile full --level MUST SHOULD --skip-disruptive',
  ],
])('%j with %j', (names, options, command) => {
  expect(rbacCommand(names, options)).toBe(command)
})
