/** A place in a stack, as Node.js writes it: an absolute path or address, line and column. */
const place = /(?<=^|[\s(])(?:file:\/\/)?(\/[^\n():]*):(\d+:\d+)/gm

/**
 * A stack whose paths begin at the first of the roots that they are in. Others begin at `node_modules`, or are the name of the file alone:
 * a run is published, and where somebody has the project is nobody's business.
 */
export function withProjectPaths(stack: string, roots: readonly string[]): string {
  return stack.replaceAll(place, (_, path: string, at: string) => `${projectPath(path, roots)}:${at}`)
}

function projectPath(path: string, roots: readonly string[]): string {
  const root = roots.find((each) => path.startsWith(`${each}/`))
  if (root !== undefined) return path.slice(root.length + 1)
  const packages = path.lastIndexOf('/node_modules/')
  return path.slice((packages === -1 ? path.lastIndexOf('/') : packages) + 1)
}
