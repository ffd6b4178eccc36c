import { expect, test } from 'vitest'
import { ciOf } from './ci-environment.ts'

const github = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://github.com' }

test.each([
  ['no CI', {}, undefined],
  ['CI that is switched off', { CI: 'false' }, undefined],
  ['CI that is empty', { CI: '', JENKINS_URL: '' }, undefined],
  [
    'GitHub Actions',
    { ...github, GITHUB_REPOSITORY: 'example/platform', GITHUB_RUN_ID: '42' },
    { name: 'GitHub Actions', url: 'https://github.com/example/platform/actions/runs/42' },
  ],
  ['GitHub Actions without a run', github, { name: 'GitHub Actions' }],
  [
    'GitLab',
    { CI: 'true', GITLAB_CI: 'true', CI_JOB_URL: 'https://gitlab.example.com/a/b/-/jobs/7' },
    { name: 'GitLab CI/CD', url: 'https://gitlab.example.com/a/b/-/jobs/7' },
  ],
  [
    'Buildkite',
    { CI: 'true', BUILDKITE: 'true', BUILDKITE_BUILD_URL: 'https://buildkite.com/a/b/builds/9' },
    { name: 'Buildkite', url: 'https://buildkite.com/a/b/builds/9' },
  ],
  [
    'Jenkins',
    { JENKINS_URL: 'https://ci.example.com/', BUILD_URL: 'https://ci.example.com/job/storage/3/' },
    { name: 'Jenkins', url: 'https://ci.example.com/job/storage/3/' },
  ],
  [
    'Tekton, whose Task says so',
    { HOLDFAST_CI: 'Tekton', HOLDFAST_CI_URL: 'https://tekton.example.com/runs/1' },
    { name: 'Tekton', url: 'https://tekton.example.com/runs/1' },
  ],
  ['any other', { CI: '1' }, { name: 'unknown' }],
  [
    'a page with a password',
    { HOLDFAST_CI: 'ours', HOLDFAST_CI_URL: 'https://user:secret@ci.example.com/1' },
    { name: 'ours', url: 'https://ci.example.com/1' },
  ],
  ['a page that is none', { HOLDFAST_CI: 'ours', HOLDFAST_CI_URL: 'javascript:alert(1)' }, { name: 'ours' }],
] as const)('%s', (_, environment, found) => {
  expect(ciOf(environment)).toEqual(found)
})
