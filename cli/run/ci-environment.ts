import type { RunRecord } from '../../reports/model/run-record.ts'

type Environment = Readonly<Record<string, string | undefined>>

interface System {
  readonly name: string
  readonly isHere: (environment: Environment) => boolean
  readonly url: (environment: Environment) => string | undefined
}

/**
 * CI systems by the variables that each documents, the first that is there counts:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 * https://docs.gitlab.com/ci/variables/predefined_variables/
 * https://buildkite.com/docs/pipelines/configure/environment-variables
 * https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables
 * Tekton gives a step no variables: its Task sets HOLDFAST_CI and HOLDFAST_CI_URL.
 */
const systems: readonly System[] = [
  {
    name: 'GitHub Actions',
    isHere: (environment) => environment['GITHUB_ACTIONS'] === 'true',
    url: ({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run }) =>
      server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined,
  },
  { name: 'GitLab CI/CD', isHere: (environment) => environment['GITLAB_CI'] === 'true', url: (environment) => environment['CI_JOB_URL'] },
  {
    name: 'Buildkite',
    isHere: (environment) => environment['BUILDKITE'] === 'true',
    url: (environment) => environment['BUILDKITE_BUILD_URL'],
  },
  { name: 'Jenkins', isHere: (environment) => isSet(environment['JENKINS_URL']), url: (environment) => environment['BUILD_URL'] },
  { name: 'unknown', isHere: (environment) => isSet(environment['CI']) && environment['CI'] !== 'false', url: () => undefined },
]

/** The CI system that a process runs in, and the page of its job; undefined outside of CI. */
export function ciOf(environment: Environment): RunRecord['ci'] {
  const said = environment['HOLDFAST_CI']
  if (said !== undefined && said !== '') return { name: said, ...pageOf(environment['HOLDFAST_CI_URL']) }
  const system = systems.find(({ isHere }) => isHere(environment))
  return system && { name: system.name, ...pageOf(system.url(environment)) }
}

/** A page without user and password; nothing for what is no page. */
function pageOf(text = ''): { readonly url?: string } {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return {}
  url.username = ''
  url.password = ''
  return { url: url.href }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}
