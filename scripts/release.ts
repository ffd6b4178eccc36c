/**
 * Makes a release of this checkout: checks it, gives the changelog's unreleased entries a version, commits and tags. It pushes nothing.
 *
 *   node scripts/release.ts 0.2.0
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { $, cd, echo } from 'zx'
import { releaseChangelog } from './changelog.ts'

const [version = ''] = process.argv.slice(2)

function refuse(sentence: string): never {
  echo(sentence)
  process.exit(3)
}

cd(dirname(import.meta.dirname))
if (!/^\d+\.\d+\.\d+$/.test(version)) refuse('Name the version to release, for example: node scripts/release.ts 0.2.0')
if ((await $({ quiet: true })`git status --porcelain`).stdout !== '') refuse('The checkout has changes: commit or stash them first.')
if ((await $({ quiet: true })`git tag --list ${`v${version}`}`).stdout !== '')
  refuse(`v${version} is tagged already: choose the next version.`)

const file = join(process.cwd(), 'CHANGELOG.md')
const changelog = releaseChangelog(readFileSync(file, 'utf8'), { version, date: new Date().toISOString().slice(0, 10) })
await $({ stdio: 'inherit' })`npm run check`
writeFileSync(file, changelog)
await $({ quiet: true })`npm version ${version} --no-git-tag-version`
await $({ quiet: true })`git commit --all --message ${`chore: release ${version}`}`
await $({ quiet: true })`git tag --annotate ${`v${version}`} --message ${`Holdfast ${version}`}`
echo(`v${version} is committed and tagged. Publish it with: git push --follow-tags`)
