import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { packedPage } from './packed-page.ts'

const program = 'start("Wörter")'
const base64 = (text: string) => Buffer.from(text).toString('base64')
const history = '{"seq":0}\n'.repeat(20_000)
const binary = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256)).toString('base64')

const page = `<html><body><script src="data:text/javascript;base64,${base64(program)}"></script>
    <script defer>
      Promise.allSettled([d("widgets/tree.json","${base64('{}')}"),d("data/history.jsonl","${base64(history)}"),d("data/picture","${binary}")])
        .then(function(){
          window.allureReportDataReady = true;
        })
    </script>
</body></html>`

test('a packed page is small, and gives its data and then its program to the browser as they were', async () => {
  const packed = packedPage(page)
  const script = /<script>([^]*)<\/script>/.exec(packed)?.[1] ?? ''
  const window: { allureReportData: Record<string, string>; allureReportDataReady?: boolean } = { allureReportData: {} }
  const programs: { readonly text: string | undefined; readonly ready: boolean | undefined }[] = []
  const document = {
    createElement: (): { textContent?: string } => ({}),
    body: {
      append: ({ textContent }: { textContent?: string }) => programs.push({ text: textContent, ready: window.allureReportDataReady }),
    },
  }
  await runInNewContext(script, { window, document, fetch, Response, DecompressionStream, TextDecoder, Uint8Array, btoa })
  expect(packed.length).toBeLessThan(page.length / 10)
  expect(packed).toMatch(/^<html><body>\s*<script>[^]*<\/script>\s*<\/body><\/html>$/)
  expect({ ...window.allureReportData }).toEqual({
    'widgets/tree.json': base64('{}'),
    'data/history.jsonl': base64(history),
    'data/picture': binary,
  })
  expect(programs).toEqual([{ text: program, ready: true }])
})

test('a page that is built otherwise stays as it is', () => {
  expect(packedPage('<html><body></body></html>')).toBe('<html><body></body></html>')
})
