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
  - run: |
      ./holdfast run --level MUST \\
        --skip-slow
  - script:
      - timeout --foreground 90m holdfast run "\${more[@]}" --baseline "$old" || code=$?
      - if [ "$code" -gt 2 ]; then exec holdfast sweep; fi
\`\`\`

\`\`\`groovy
def code = sh(returnStatus: true, script: '''
  holdfast run \\
    --skip-slow
''')
\`\`\`

Whoever runs \`holdfast up\` and \`holdfast\` knows more.
`

test('commands of Holdfast are found in blocks, files and text, and not in what is printed', () => {
  expect(holdfastCommands(page)).toEqual([
    { words: ['./holdfast', 'run', 'dns'], line: 4 },
    { words: ['./holdfast', 'run', '--level', 'MUST', '--skip-slow'], line: 13 },
    { words: ['holdfast', 'run', '--baseline', '$old'], line: 13 },
    { words: ['holdfast', 'sweep'], line: 13 },
    { words: ['holdfast', 'run', '--skip-slow'], line: 23 },
    { words: ['./holdfast', 'doctor'], line: 1 },
    { words: ['npm', 'test', '--', '--minutes', '<number>'], line: 1 },
    { words: ['./holdfast'], line: 1 },
    { words: ['npx', 'holdfast', 'list'], line: 1 },
  ])
})

test('commands of blocks are those of other programs too, without what stands before them', () => {
  expect(blockCommands(page).map(({ words }) => words.join(' '))).toEqual(['./holdfast run dns', 'kubectl get pods', 'fi'])
})
