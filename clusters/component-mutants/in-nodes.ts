import type { NodeRecord } from '../../contract/cluster-record.ts'
import { engine } from '../machine/container-engine.ts'

/** Directory in nodes for binaries with mutants, and for what has to be put back. */
export const nodeDirectory = '/opt/holdfast/mutants'

/** What is kept in a node while one of its components has mutants: whoever finds it puts the original back. */
export interface Kept<Original = unknown> {
  readonly component: string
  /** What the component was run by, as it was found. */
  readonly original: Original
}

const keptFile = (component: string) => `${nodeDirectory}/${component}.json`

type Node = Pick<NodeRecord, 'container'>

/** Runs a shell script in a node and returns what it prints. */
export async function inNode({ container }: Node, script: string, input?: string): Promise<string> {
  const interactive = input === undefined ? [] : ['--interactive']
  return engine(['exec', ...interactive, container, 'sh', '-c', script], { ...(input !== undefined && { input }), seconds: 120 })
}

/** Puts a binary into a node. */
export async function placeBinary(node: Node, { path, binary }: { readonly path: string; readonly binary: string }): Promise<void> {
  await inNode(node, `mkdir -p ${nodeDirectory}`)
  await engine(['cp', path, `${node.container}:${nodeDirectory}/${binary}`], { seconds: 300 })
}

/** Writes down what has to be put back, before anything is changed. */
export async function keep(node: Node, kept: Kept): Promise<void> {
  await writeInNode(node, keptFile(kept.component), `${JSON.stringify(kept)}\n`)
}

/** What was kept in a node, of every component. */
export async function keptIn(node: Node): Promise<readonly Kept[]> {
  const text = await inNode(node, `cat ${nodeDirectory}/*.json 2>/dev/null || true`)
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as Kept)
}

/** Removes a binary and what was kept for it, once the original is back. */
export async function forget(node: Node, { component, binary }: { readonly component: string; readonly binary: string }): Promise<void> {
  await inNode(node, `rm -f ${nodeDirectory}/${binary} ${keptFile(component)}`)
}

/** Writes a file of a node so that nobody reads half of it. */
export async function writeInNode(node: Node, path: string, text: string): Promise<void> {
  await inNode(node, `cat > ${nodeDirectory}/.new && mv ${nodeDirectory}/.new ${path}`, text)
}

/** A process of a node that runs a program of this name. */
export interface Process {
  readonly pid: number
  /** What the variable of its environment names; empty when it is not set. */
  readonly mutant: string
  readonly sha256: string
}

/** The processes of a node that run a program of this name, those in its containers too. */
export async function processesIn(node: Node, binary: string, variable: string): Promise<readonly Process[]> {
  const script = `for p in /proc/[0-9]*; do
    e=$(readlink $p/exe 2>/dev/null) || continue
    e="\${e% (deleted)}"
    [ "\${e##*/}" = ${binary} ] || continue
    m=$(tr '\\0' '\\n' < $p/environ | sed -n 's/^${variable}=//p')
    s=$(sha256sum < $p/exe) || continue
    echo "\${p#/proc/} \${s%% *} $m"
  done 2>/dev/null || true`
  const lines = (await inNode(node, script)).split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const [pid = '', sha256 = '', mutant = ''] = line.split(' ')
    return { pid: Number(pid), sha256, mutant }
  })
}

/** How many lines with a text a component has written since a moment: those of a container of this name, or of a service of systemd. */
export async function countLines(
  node: Node,
  { by, name, text, since }: { readonly by: 'container' | 'service'; readonly name: string; readonly text: string; readonly since: Date },
): Promise<number> {
  if (by === 'service') {
    const from = Math.floor(since.getTime() / 1000)
    return Number(await inNode(node, `journalctl --unit ${name} --since @${from} --output cat --no-pager | grep -cF '${text}' || true`))
  }
  const found = await inNode(node, `cat /var/log/pods/*/${name}/*.log 2>/dev/null | grep -F '${text}' | cut -d' ' -f1 || true`)
  return found.split('\n').filter((time) => time !== '' && new Date(time) >= since).length
}
