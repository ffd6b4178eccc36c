/** Fields of a struct by their names in YAML; `true` for one whose own fields are not looked at. */
export interface Fields {
  readonly [name: string]: Fields | true
}

/** Go source of the types that one kind of configuration is in. */
export interface KindSource {
  readonly kind: string
  readonly text: string
}

interface Struct {
  readonly fields: readonly { readonly name: string; readonly type: string }[]
  readonly inline: readonly string[]
}

/** Fields of each kind, with those of the structs in the same file. Throws for a kind that its file does not have. */
export function configurationFields(sources: readonly KindSource[]): Readonly<Record<string, Fields>> {
  return Object.fromEntries(
    sources.map(({ kind, text }) => {
      const fields = fieldsOf(kind, structsOf(text))
      if (Object.keys(fields).length === 0) throw new Error(`There is no struct ${kind} where it used to be.`)
      return [kind, { apiVersion: true, kind: true, ...fields }]
    }),
  )
}

function structsOf(text: string): ReadonlyMap<string, Struct> {
  return new Map(
    [...text.matchAll(/^type (\w+) struct \{\n(.*?)^\}/gms)].map(([, name = '', body = '']) => {
      const fields = [...body.matchAll(/^\s*\w+\s+(\S+)\s+`[^`]*json:"(\w+)[^"]*"/gm)]
      const inline = [...body.matchAll(/^\s*(\w+)\s+`json:"(?:,inline)?"`/gm)]
      return [
        name,
        { fields: fields.map(([, type = '', field = '']) => ({ name: field, type })), inline: inline.map(([, type = '']) => type) },
      ]
    }),
  )
}

/** What a list or a map holds, and what another file declares, is not looked at. */
function fieldsOf(name: string, structs: ReadonlyMap<string, Struct>): Fields {
  const { fields, inline } = structs.get(name) ?? { fields: [], inline: [] }
  const own = fields.map(({ name: field, type }) => {
    const struct = type.replace(/^\*/, '')
    return [field, structs.has(struct) ? fieldsOf(struct, structs) : true] as const
  })
  return { ...Object.assign({}, ...inline.map((each) => fieldsOf(each, structs))), ...Object.fromEntries(own) } as Fields
}

/** Gates that must be on for a gate to be, by its name; those that need none are left out. */
export function gateDependencies(source: string): Readonly<Record<string, readonly string[]>> {
  const body = /GateDependencies = map\[featuregate\.Feature\]\[\]featuregate\.Feature\{(.*?)^\}/ms.exec(source)?.[1] ?? ''
  const entries = [...body.matchAll(/^\t(?:\w+\.)?(\w+):\s*\{([^}]*)\}/gm)].map(([, name = '', needed = '']) => {
    const names = [...needed.replaceAll(/\/\/.*$/gm, '').matchAll(/(?:\w+\.)?(\w+)\s*(?:,|$)/g)].map(([, each = '']) => each)
    return [name, names] as const
  })
  return Object.fromEntries(entries.filter(([, needed]) => needed.length > 0))
}
