import { expect, test } from 'vitest'
import { shellCommands } from './shell-commands.ts'

test.each<[script: string, commands: readonly (readonly string[])[]]>([
  ['./holdfast run  dns pvcs', [['./holdfast', 'run', 'dns', 'pvcs']]],
  ['./holdfast run \\\n  --level MUST', [['./holdfast', 'run', '--level', 'MUST']]],
  [
    './holdfast up # stays\n# a remark\n./holdfast down',
    [
      ['./holdfast', 'up'],
      ['./holdfast', 'down'],
    ],
  ],
  ["echo 'a b' \"c # d\" e\\ f '' g'h'", [['echo', 'a b', 'c # d', 'e f', '', 'gh']]],
  ['./holdfast rbac dns > roles.yaml 2>&1', [['./holdfast', 'rbac', 'dns']]],
  ['./holdfast rbac >roles.yaml dns', [['./holdfast', 'rbac', 'dns']]],
  ['./holdfast run > >(tee run.log) 2>&1 dns &', [['./holdfast', 'run', 'dns']]],
  ['./holdfast recheck <run id> 2>"a b"', [['./holdfast', 'recheck', '<run id>']]],
  ['code=0; ./holdfast run || code=$?', [['code=0'], ['./holdfast', 'run'], ['code=$?']]],
  ['a | b && c; d & e', [['a'], ['b'], ['c'], ['d'], ['e']]],
  ['statefulset/* "$(cat a | b)"', [['statefulset/*', '$(cat a | b)']]],
  ['a#b', [['a#b']]],
  ['', []],
])('%j', (script, commands) => {
  expect(shellCommands(script)).toEqual(commands)
})
