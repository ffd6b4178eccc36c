import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { programOnPath } from '../../contract/program-on-path.ts'
import { writtenFiles } from '../testing/written-files.ts'
import { loadArchives } from './node-images.ts'

const files = writtenFiles('driver.tar')
const reference = 'example.com/driver:v1'

/** A program in place of the container engine: it keeps what is imported into a node, and lists these images. */
function engine(listed: string, failing = 'none', without = 'none'): void {
  const script = `case "$*" in
  *"images import"*)
    [ "$3" = "${failing}" ] && { echo "ctr: unrecognized image format" >&2; exit 1; }
    cat > "${files.directory}/$3" ;;
  *"images ls"*) [ "$2" = "${without}" ] || echo "${listed}" ;;
esac`
  programOnPath('docker', () => script)
}

async function load(): Promise<readonly string[]> {
  const told: string[] = []
  const archive = { path: files.write('the archive'), sha256: '', references: [reference] }
  await loadArchives([archive], { nodes: ['one', 'two'], log: (line) => told.push(line) })
  return told
}

test('an archive goes into every node', async () => {
  engine(reference)
  expect(await load()).toEqual([`loading ${reference} from ${join(files.directory, 'driver.tar')} into one, two`])
  expect(['one', 'two'].map((node) => readFileSync(join(files.directory, node), 'utf8'))).toEqual(['the archive', 'the archive'])
})

test('an archive that a node refuses is told in its words', async () => {
  engine(reference, 'two')
  await expect(load()).rejects.toThrow(/^The images of \S+driver\.tar could not be loaded into node two: ctr: unrecognized image format\.$/)
})

test('an image that is not there afterwards is told, on whichever node', async () => {
  engine(reference, 'none', 'two')
  await expect(load()).rejects.toThrow(/^Image example\.com\/driver:v1 of \S+driver\.tar is not on node two after it was loaded\.$/)
  engine('docker.io/library/other:v1')
  await expect(load()).rejects.toThrow(/^Image example\.com\/driver:v1 of \S+driver\.tar is not on node one after it was loaded\.$/)
})
