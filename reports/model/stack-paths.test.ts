import { expect, test } from 'vitest'
import { withProjectPaths } from './stack-paths.ts'

test.each([
  ['    at judge (/home/ada/holdfast/suites/a.suite.ts:5:9)', '    at judge (suites/a.suite.ts:5:9)'],
  ['    at file:///home/ada/holdfast/harness/a.ts:5:9', '    at harness/a.ts:5:9'],
  ['    at a (/opt/x/node_modules/vitest/dist/run.js:1:2)', '    at a (node_modules/vitest/dist/run.js:1:2)'],
  ['    at /home/ada/other/keeper.suite.ts:5:9', '    at keeper.suite.ts:5:9'],
  ['    at b (node:internal/process/task_queues:104:5)', '    at b (node:internal/process/task_queues:104:5)'],
  ['The mount /var/lib/data is read-only.', 'The mount /var/lib/data is read-only.'],
  ['Error: https://10.0.0.1:6443/api/v1 answered 500', 'Error: https://10.0.0.1:6443/api/v1 answered 500'],
])('%j is kept as %j', (stack, kept) => {
  expect(withProjectPaths(stack, ['/home/ada/holdfast'])).toBe(kept)
})
