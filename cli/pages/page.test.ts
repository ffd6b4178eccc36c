import { expect, test } from 'vitest'
import { readPage } from './page.ts'

const page = `# Page

<!-- given: kubeconfig -->

\`\`\`sh
./holdfast doctor
\`\`\`

<!-- file: driver.yaml -->

\`\`\`yaml
DriverInfo: {}
\`\`\`

<!-- run: cluster, exit code 2 -->
\`\`\`sh
./holdfast run \\
  dns
\`\`\`

It prints:

<!-- prints -->

\`\`\`text
…
\`\`\`

- In a list:

  \`\`\`sh
  echo one
    echo two
  \`\`\`
`

test('every block has its language, text and place, and what its marker says', () => {
  expect(readPage(page)).toEqual({
    given: 'kubeconfig',
    blocks: [
      { language: 'sh', text: './holdfast doctor', line: 6 },
      { language: 'yaml', text: 'DriverInfo: {}', line: 12, use: { kind: 'file', name: 'driver.yaml' } },
      { language: 'sh', text: './holdfast run \\\n  dns', line: 17, use: { kind: 'run', exitCode: 2 } },
      { language: 'text', text: '…', line: 26, use: { kind: 'prints' } },
      { language: 'sh', text: 'echo one\n  echo two', line: 32 },
    ],
  })
})

test('a page without markers is given nothing and runs nothing', () => {
  expect(readPage('Text.\n<!-- a remark -->\n')).toEqual({ given: undefined, blocks: [] })
})

test('a block that is run ends with 0 unless its marker says otherwise', () => {
  expect(readPage('<!-- run: cluster -->\n```sh\n```\n').blocks[0]?.use).toEqual({ kind: 'run', exitCode: 0 })
})

test.each([
  ['<!-- run: cluster -->\nText.\n```sh\n```\n', 'The marker on line 1 has no block behind it.'],
  ['<!-- run: cluster -->\n', 'The marker on line 1 has no block behind it.'],
  ['\n<!-- run: here -->\n```sh\n```\n', 'The marker on line 2 says nothing'],
  ['<!-- run: cluster -->\n```sh\n```\n<!-- prints: all -->\n```text\n```\n', 'The marker on line 4 says nothing'],
  ['<!-- prints -->\n```text\n```\n', 'No block that is run comes before the marker on line 1.'],
  ['<!-- file: ../driver.yaml -->\n```yaml\n```\n', 'The marker on line 1 names no file'],
  ['<!-- given: -->\n', 'The marker on line 1 names no file'],
  ['```sh\necho\n', 'The block on line 1 has no end.'],
])('%j is refused', (text, sentence) => {
  expect(() => readPage(text)).toThrow(sentence)
})
