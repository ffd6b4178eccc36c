import { expect, test } from 'vitest'
import { blockCommands, holdfastCommands } from './page-commands.ts'

const page = `Run \`./holdfast doctor\`, \`npm test -- --minutes <number>\` or \`./holdfast\` alone, not \`npm\`; \`npx holdfast list\`, not \`npx kind\`.

\`\`\`sh
code=0
if CI=true ./holdfast run dns >log; then kubectl get pods; fi
\`\`\`

\`\`\`text
./holdfast printed
\`\`\`

\`\`\`yaml
steps:
  - run: ./holdfast run --level MUST \\
      --skip-slow
\`\`\`
`

test('commands of Holdfast are found in blocks, files and text, and not in what is printed', () => {
  expect(holdfastCommands(page)).toEqual([
    { words: ['./holdfast', 'run', 'dns'], line: 4 },
    { words: ['./holdfast', 'run', '--level', 'MUST', '--skip-slow'], line: 13 },
    { words: ['./holdfast', 'doctor'], line: 1 },
    { words: ['npm', 'test', '--', '--minutes', '<number>'], line: 1 },
    { words: ['./holdfast'], line: 1 },
    { words: ['npx', 'holdfast', 'list'], line: 1 },
  ])
})

test('commands of blocks are those of other programs too, without what stands before them', () => {
  expect(blockCommands(page).map(({ words }) => words.join(' '))).toEqual(['./holdfast run dns', 'kubectl get pods', 'fi'])
})
