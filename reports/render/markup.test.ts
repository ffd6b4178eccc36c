import { expect, test } from 'vitest'
import { markup, markupText, webLink } from './markup.ts'

const evil = `"><script>alert(1)</script>&'\u0000`

test('what is put in is escaped, in elements and in attributes, alone and in lists', () => {
  const html = markupText(markup`<p title="${evil}">${evil}${[evil, [evil]]}</p>`)
  expect(html).not.toContain('<script')
  expect(html.match(/&quot;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;&amp;&#39;/g)).toHaveLength(4)
  expect(html).not.toContain('\u0000')
})

test('markup stands as it is, numbers are written, undefined is nothing', () => {
  expect(markupText(markup`<ul>${['a', 'b'].map((item) => markup`<li>${item}</li>`)}</ul>${undefined}${0}`)).toBe(
    '<ul><li>a</li><li>b</li></ul>0',
  )
})

test('text that is shaped like markup is no markup', () => {
  const forged = JSON.parse('{"text":"<b>","markup":"<b>"}') as string
  expect(() => markupText(markup`${forged}`)).not.toThrow()
  expect(markupText(markup`${forged}`)).not.toContain('<b>')
})

test('only addresses of the web are linked to', () => {
  expect(markupText(webLink('https://kubernetes.io/'))).toBe('<a href="https://kubernetes.io/">https://kubernetes.io/</a>')
  expect(markupText(webLink('javascript:alert(1)', 'MUST'))).toBe('MUST')
})
