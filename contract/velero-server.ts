/** A container, as far as it says what runs in it. */
interface Running {
  readonly command?: readonly string[] | undefined
  readonly args?: readonly string[] | undefined
  readonly image?: string | undefined
}

/** A part of Velero that runs in Pods of its own. */
export type VeleroPart = 'server' | 'node-agent'

/** What comes after the program, in the order in which Velero's command line has it. */
const wordsOf: Readonly<Record<VeleroPart, readonly string[]>> = { server: ['server'], 'node-agent': ['node-agent', 'server'] }

/**
 * Which part of Velero a container runs, whatever its Deployment, its Pod and its container are called; undefined where it runs none. Where
 * no command is given, the image has to be called after Velero.
 */
export function veleroPartOf({ command = [], args = [], image = '' }: Running): VeleroPart | undefined {
  const [program = '', ...words] = command.length > 0 ? [...command, ...args] : [baseOf(imageName(image)), ...args]
  const isVelero = command.length > 0 ? baseOf(program) === 'velero' : program.includes('velero')
  if (!isVelero) return undefined
  return (['node-agent', 'server'] as const).find((part) => wordsOf[part].every((word, place) => words[place] === word))
}

/** Value of a flag of Velero's server: `--features=EnableCSI`, or `--features EnableCSI`. The last one counts. */
export function flagOf({ command = [], args = [] }: Running, flag: string): string | undefined {
  const words = [...command, ...args]
  const given = words.flatMap((word, place) => {
    if (word.startsWith(`${flag}=`)) return [word.slice(flag.length + 1)]
    if (word !== flag) return []
    const next = words[place + 1]
    return [next === undefined || next.startsWith('--') ? 'true' : next]
  })
  return given.at(-1)
}

/** Tag of an image; undefined where it is known by its digest alone. */
export function imageTag(image: string): string | undefined {
  return /:([\w][\w.-]*)$/.exec(image.split('@')[0] ?? '')?.[1]
}

function imageName(image: string): string {
  return (image.split('@')[0] ?? '').replace(/:[\w.-]+$/, '')
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
