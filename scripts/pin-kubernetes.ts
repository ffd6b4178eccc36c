/**
 * Pins a Kubernetes that clusters can be made of: writes clusters/images/kubernetes/<minor>/ with what its own source says. A minor that is
 * pinned already moves to the patch release that is named. The table of versions in README.md follows.
 *
 *   node scripts/pin-kubernetes.ts v1.37.2
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { $, echo } from 'zx'
import { temporaryPrefix } from '../contract/owner.ts'
import {
  coredns,
  corednsGoMod,
  drifted,
  edits,
  kubeadmApi,
  type KubernetesSource,
  minorOf,
  newGoMod,
  readOptions,
  readPins,
  requirements,
  stagingVersion,
  unresolved,
} from './kubernetes-pins.ts'
import { withRelease } from './version-table.ts'

const root = dirname(import.meta.dirname)
const [version = ''] = process.argv.slice(2)

function refuse(sentence: string): never {
  echo(sentence)
  process.exit(3)
}

/** Edits a Go module and resolves what it requires. */
async function resolve(cwd: string, changes: readonly string[]): Promise<void> {
  if (changes.length > 0) await $({ cwd, env, quiet: true })`go mod edit ${changes}`
  const tidied = await $({ cwd, env, quiet: true, nothrow: true })`go mod tidy`
  if (tidied.exitCode === 0) return
  refuse(
    `The modules of Kubernetes ${version} cannot be resolved: ${unresolved(tidied.stderr).join('; ')}.\n` +
      'Set GOPROXY to a proxy that has them, or name another patch release.',
  )
}

/** The last line of what the compiler says of CoreDNS in a Go module; undefined where it compiles. */
async function faultOfCoreDNS(cwd: string): Promise<string | undefined> {
  const built = await $({ cwd, env: { ...env, CGO_ENABLED: '0' }, quiet: true, nothrow: true })`go build -o ${temporary} ${coredns}`
  return built.exitCode === 0 ? undefined : (built.stderr.trim().split('\n').at(-1) ?? 'go build failed')
}

if (!/^v1\.\d+\.\d+(-(alpha|beta|rc)\.\d+)?$/.test(version))
  refuse('Name the version of Kubernetes to pin, for example: node scripts/pin-kubernetes.ts v1.37.2')

const temporary = mkdtempSync(join(tmpdir(), temporaryPrefix('pin')))
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }))
// A Kubernetes may need a newer Go than is installed.
const env = { ...process.env, GOTOOLCHAIN: process.env['GOTOOLCHAIN'] ?? 'auto', GOFLAGS: '-mod=mod' }

writeFileSync(join(temporary, 'go.mod'), 'module pin\n\ngo 1.26.0\n')
/** Directory of the source of a module. */
async function sourceOf(module: string): Promise<string> {
  const downloaded = await $({ cwd: temporary, env, quiet: true, nothrow: true })`go mod download -json ${module}`
  const { Dir: directory, Error: fault } = JSON.parse(downloaded.stdout || '{}') as { readonly Dir?: string; readonly Error?: string }
  return directory ?? refuse(`${module} cannot be downloaded: ${fault ?? downloaded.stderr}`)
}

const source = await sourceOf(`k8s.io/kubernetes@${version}`)
const [kubelet, kubeProxy] = [
  await sourceOf(`k8s.io/kubelet@${stagingVersion(version)}`),
  await sourceOf(`k8s.io/kube-proxy@${stagingVersion(version)}`),
]

const read = (path: string, directory: string = source): string => readFileSync(join(directory, path), 'utf8')
const texts: KubernetesSource = {
  goMod: read('go.mod'),
  kubeadmConstants: read('cmd/kubeadm/app/constants/constants.go'),
  featureList: read('test/compatibility_lifecycle/reference/versioned_feature_list.yaml'),
  plugins: read('pkg/kubeapiserver/options/plugins.go'),
  features: read('pkg/features/kube_features.go'),
  kubeadmTypes: read(`cmd/kubeadm/app/apis/kubeadm/${kubeadmApi(version)}/types.go`),
  kubeletTypes: read('config/v1beta1/types.go', kubelet),
  kubeProxyTypes: read('config/v1alpha1/types.go', kubeProxy),
}
let pins = readPins(version, texts)
const options = readOptions(version, texts)
const kind = /kind: '(v[^']+)'/.exec(readFileSync(join(root, 'clusters/images/versions.ts'), 'utf8'))?.[1] ?? ''

const directory = join(root, 'clusters/images/kubernetes', minorOf(version))
// Everything is made elsewhere first: a folder without one of its files would be in the way of every command.
const made = join(temporary, 'module')
if (existsSync(directory)) cpSync(directory, made, { recursive: true })
else mkdirSync(made)
// It is made anew where it is still needed.
rmSync(join(made, 'coredns'), { recursive: true, force: true })
const goMod = join(made, 'go.mod')
const before = existsSync(goMod) ? readFileSync(goMod, 'utf8') : newGoMod()
writeFileSync(goMod, before)
await resolve(made, edits(pins, texts, { kind, before }))
// CoreDNS is released on its own, and may be older than the libraries of a Kubernetes that takes it.
if ((await faultOfCoreDNS(made)) !== undefined) {
  pins = { ...pins, corednsApart: true }
  await resolve(made, edits(pins, texts, { kind, before }))
  const apart = join(made, 'coredns')
  mkdirSync(apart, { recursive: true })
  writeFileSync(join(apart, 'go.mod'), corednsGoMod(pins))
  await resolve(apart, [])
  const wrong = await faultOfCoreDNS(apart)
  if (wrong !== undefined)
    refuse(`CoreDNS ${pins.coredns} of Kubernetes ${version} does not compile: ${wrong}. Name another patch release.`)
}
const faults = drifted(readFileSync(goMod, 'utf8'), requirements(pins, kind))
if (faults.length > 0) refuse(faults.join('\n'))
writeFileSync(join(made, 'pins.json'), `${JSON.stringify(pins, null, 2)}\n`)
writeFileSync(join(made, 'options.json'), `${JSON.stringify(options, null, 2)}\n`)
const readme = join(root, 'README.md')
const page = withRelease(readFileSync(readme, 'utf8'), version)
rmSync(join(directory, 'coredns'), { recursive: true, force: true })
cpSync(made, directory, { recursive: true })
await $({ cwd: root, quiet: true, preferLocal: root })`oxfmt ${join(directory, 'options.json')}`
writeFileSync(readme, page)

const gates = `${Object.keys(options.featureGates).length} feature gates`
echo(`Kubernetes ${version}: etcd ${pins.etcd}, CoreDNS ${pins.coredns}, pause ${pins.pause}, ${gates}.`)
echo(`Written to clusters/images/kubernetes/${minorOf(version)}/ and README.md. Try it: ./holdfast up --kubernetes ${minorOf(version)}`)
