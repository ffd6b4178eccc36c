/** Reads the suite of an example, whose guarantee is written as JSON. */
export function guaranteeJson(_file: string, text: string): readonly { readonly id: string }[] {
  const [, json = '{}'] = /^conformance\((.*)\)$/m.exec(text) ?? []
  return [JSON.parse(json) as { readonly id: string }]
}
