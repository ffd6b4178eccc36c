import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { temporaryPrefix } from '../contract/owner.ts'
import { runCommandLine } from './command-line.ts'

const before = process.cwd()
let directory: string
let printed: { readonly out: string[]; readonly err: string[] }

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  writeFileSync(join(directory, 'bad.yaml'), 'workers: none\n')
  writeFileSync(join(directory, 'driver.yaml'), 'StorageClass: {FromName: true}\nDriverInfo: {Name: csi.example.com}\n')
  writeFileSync(join(directory, 'manifests.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: {name: storage}\n')
  writeFileSync(join(directory, 'good.yaml'), 'contexts: [{name: one}]\ncurrent-context: one\n')
  process.chdir(directory)
})

afterAll(() => {
  process.chdir(before)
  rmSync(directory, { recursive: true })
})

beforeEach(() => {
  printed = { out: [], err: [] }
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.out.push(String(text)) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => printed.err.push(String(text)) > 0)
})

afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

describe('wrong input gets one sentence with its fix and exit code 3', () => {
  test.each([
    [['--nope'], 'Unknown flag --nope for "holdfast".'],
    [['rnu'], 'Unknown command rnu. Did you mean run?'],
    [['run', '--retian'], 'Unknown flag --retian for "holdfast run". Did you mean --retain?'],
    [['run', 'statefulset/orderd-startup'], 'There is no suite or guarantee statefulset/orderd-startup.'],
    [['run', '--config', 'bad.yaml'], 'has an invalid value for workers.'],
    [['run', '--config', 'none.yaml'], 'none.yaml does not exist.'],
    [['run', '--kubeconfig', 'none'], 'none does not exist.'],
    [['run', '--kubeconfig', 'bad.yaml'], 'bad.yaml is not a kubeconfig.'],
    [['run', '--workload-image', 'x:1'], '--workload-image only applies to a cluster that Holdfast did not create.'],
    [['image'], '"holdfast image" needs one of save, push, load.'],
    [['image', 'psh'], 'Unknown command psh. Did you mean push?'],
    [['image', 'push', 'registry.example.com/workload:1'], 'registry.example.com/workload:1 is not a repository in a registry.'],
    [['run', '--storage-class', 'fast'], '--storage-class only applies to a cluster that Holdfast did not create, or with --install.'],
    [['run', '--driver', 'driver.yaml'], '--driver only applies to a cluster that Holdfast did not create, or with --install.'],
    [['run', '--install', 'none'], '--install needs the definition of the driver.'],
    [['run', '--install', 'none', '--driver', 'none.yaml'], 'none.yaml does not exist.'],
    [['run', '--install', 'none', '--driver', 'driver.yaml', 'statefulset'], '--install none does not exist.'],
    [['run', '--install', 'good.yaml', '--driver', 'driver.yaml'], 'good.yaml holds an object without apiVersion.'],
    [['run', '--install', 'manifests.yaml', '--driver', 'driver.yaml'], 'No manifest registers the driver csi.example.com of'],
    [
      ['run', '--install', 'none', '--kubeconfig', 'good.yaml', '--driver', 'driver.yaml'],
      '--install and --kubeconfig cannot be used together.',
    ],
    [['image', 'load', 'none.tar.zst'], 'none.tar.zst does not exist.'],
    [['image', 'save', '--all', 'all.tar'], 'all.tar does not end in .tar.zst.'],
    [['image', 'save', '--all', 'all.tar.zst', 'redis'], '--all takes no names of images.'],
    [['run', '--image-archive', 'none.tar'], '--image-archive only applies with --install.'],
    [['up', '--install', 'manifests.yaml', '--driver', 'driver.yaml'], 'No manifest registers the driver csi.example.com of'],
    [['up', '--driver', 'driver.yaml'], '--driver only applies to a cluster that Holdfast did not create, or with --install.'],
    [['bench', '--install', 'none'], '--install needs the definition of the driver.'],
    [['run', '--kubeconfig', 'good.yaml', '--driver', 'bad.yaml'], 'has the key workers, which Kubernetes v1.37.2 does not know.'],
    [['run', '--kubeconfig', 'good.yaml', '--driver', 'none.yaml'], 'none.yaml does not exist.'],
    [['run', '--declare', 'BlockVolumes'], '--declare only applies to a cluster that Holdfast did not create, or with --install.'],
    [['run', '--declare', 'Magic'], 'Magic cannot be declared: choose from ImmediateBinding, VolumeExpansion,'],
    [['run', '--undeclare', 'Magic'], 'Magic cannot be undeclared: choose from ImmediateBinding, VolumeExpansion,'],
    [['run', '--undeclare', 'BlockVolumes'], '--undeclare only applies to a cluster that Holdfast did not create, or with --install.'],
    [['bench', '--chaos', '7'], 'Unknown flag --chaos for "holdfast bench".'],
    [['run', '--known-failures', 'none.yaml'], 'none.yaml cannot be read: ENOENT'],
    [['known-failures', 'none.yaml', 'norun', '--write'], 'There is no run norun.'],
    [['run', '--json'], '--json only applies to a dry run.'],
    [['rbac', 'statefulset/orderd-startup'], 'There is no suite or guarantee statefulset/orderd-startup.'],
    [['rbac', '--service-account', 'robot'], 'Write it as <namespace>/<name>.'],
    [['rbac', '--user', 'jane', '--group', 'ops'], 'cannot be used with'],
    [['rights', '--write', 'no-such-run'], 'There is no run no-such-run.'],
    [['kills', '--write', 'no-such-run'], 'There is no run no-such-run.'],
    [['kills', 'no-such-run'], 'Runs are only named to store what they have shown.'],
    [['run', '--workers', 'two'], 'It must be a whole number of at least 2.'],
    [['up', '--name', 'Blue'], 'Blue is not a valid cluster name.'],
    [['sensitivity', 'restore-emty'], 'No guarantee names the mutant restore-emty. Did you mean restore-empty?'],
    [['recheck', 'no-such-run'], 'There is no run no-such-run.'],
    [['publish', 'site', 'no-such-run'], 'There is no run no-such-run.'],
    [['publish'], 'Wrong usage of "holdfast publish": missing required argument'],
    [['publish', 'site', '--max-megabytes', '0'], 'It must be a number above 0.'],
    [['compare', 'no-such-run', 'latest'], 'There is no run no-such-run.'],
    [['compare', '.', '.'], ' holds no report.'],
    [['compare', 'good.yaml', 'good.yaml'], 'good.yaml is not JSON.'],
    [['compare', 'good.yaml', 'good.yaml', '--output', 'good.yaml'], 'good.yaml is there already.'],
    [['compare', 'good.yaml', 'good.yaml', '--format', 'pdf'], 'Allowed choices are text, markdown, json, html.'],
    [['run', '--baseline', 'no-such-run'], 'There is no run no-such-run.'],
    [['run', '--baseline', 'good.yaml'], 'The baseline cannot be used: '],
    [['run', '--dry-run', '--baseline', 'good.yaml'], 'The baseline cannot be used: '],
    [['test', '--minutes', 'soon'], 'It must be a whole number of at least 1.'],
    [['durations', '--slowness', '0'], 'It must be a number above 0.'],
    [['durations', 'no-such-run'], 'There is no run no-such-run.'],
    [['list', 'superfluous'], 'Wrong usage of "holdfast list": too many arguments for'],
  ])('%s', async (args, sentence) => {
    await runCommandLine(args)
    const err = printed.err.join('')
    expect(err).toContain(sentence)
    expect({ code: process.exitCode, out: printed.out, lines: err.trim().split('\n').length }).toEqual({ code: 3, out: [], lines: 1 })
  })
})
