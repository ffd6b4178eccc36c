import { z } from 'zod'

/** Text or a number or a flag, as YAML writes the value of a variable. */
const value = z.union([z.string(), z.number(), z.boolean()])
const env = z.record(z.string(), value)

const step = z.strictObject({
  name: z.string().optional(),
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: env.optional(),
  env: env.optional(),
  run: z.string().optional(),
  'working-directory': z.string().optional(),
})

/** The keys that workflows of our pages have, of https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax. */
export const workflow = z.strictObject({
  name: z.string(),
  on: z.partialRecord(z.enum(['pull_request', 'schedule', 'workflow_dispatch']), z.unknown()),
  permissions: z.record(z.string(), z.enum(['read', 'write'])),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean().optional() }),
  jobs: z.record(
    z.string(),
    z.strictObject({
      'runs-on': z.union([z.string(), z.array(z.string())]),
      'timeout-minutes': z.int(),
      env: env.optional(),
      steps: z.array(step),
    }),
  ),
})

const lines = z.array(z.string())

/** The keys that jobs of GitLab on our pages have, of https://docs.gitlab.com/ci/yaml/. */
export const gitlabJob = z.strictObject({
  extends: z.string().optional(),
  image: z.string().optional(),
  stage: z.string().optional(),
  tags: lines.optional(),
  needs: lines.optional(),
  interruptible: z.boolean().optional(),
  resource_group: z.string().optional(),
  timeout: z.string().optional(),
  variables: env.optional(),
  rules: z.array(z.strictObject({ if: z.string(), changes: lines.optional() })).optional(),
  allow_failure: z.strictObject({ exit_codes: z.array(z.int()) }).optional(),
  before_script: lines.optional(),
  script: lines.optional(),
  after_script: lines.optional(),
  pages: z.literal(true).optional(),
  artifacts: z
    .strictObject({
      when: z.literal('always').optional(),
      expire_in: z.string().optional(),
      paths: lines,
      reports: z.strictObject({ junit: z.string() }).optional(),
    })
    .optional(),
})

const named = z.strictObject({ name: z.string(), value: z.string() })
const metadata = z.strictObject({ name: z.string() })
const parameter = z.strictObject({
  name: z.string(),
  type: z.literal('array').optional(),
  default: z.union([z.string(), lines]).optional(),
  description: z.string().optional(),
})
const declared = z.strictObject({ name: z.string(), description: z.string().optional(), optional: z.boolean().optional() })
const tektonStep = z.strictObject({
  name: z.string(),
  image: z.string().optional(),
  workingDir: z.string().optional(),
  args: lines.optional(),
  env: z.array(named).optional(),
  script: z.string(),
})
const taskSpec = z.strictObject({
  params: z.array(parameter),
  workspaces: z.array(declared).optional(),
  results: z.array(z.strictObject({ name: z.string(), description: z.string() })).optional(),
  volumes: z.array(z.unknown()).optional(),
  stepTemplate: z
    .strictObject({ image: z.string(), workingDir: z.string(), volumeMounts: z.array(z.unknown()), env: z.array(named) })
    .optional(),
  steps: z.array(tektonStep),
})

/** The fields that Tasks of our pages have, of https://tekton.dev/docs/pipelines/tasks/. */
export const task = z.strictObject({ apiVersion: z.literal('tekton.dev/v1'), kind: z.literal('Task'), metadata, spec: taskSpec })

/** The fields that Pipelines of our pages have, of https://tekton.dev/docs/pipelines/pipelines/. */
export const pipeline = z.strictObject({
  apiVersion: z.literal('tekton.dev/v1'),
  kind: z.literal('Pipeline'),
  metadata,
  spec: z.strictObject({
    workspaces: z.array(declared),
    tasks: z.array(
      z.strictObject({
        name: z.string(),
        taskRef: metadata.optional(),
        taskSpec: taskSpec.optional(),
        runAfter: lines.optional(),
        timeout: z.string().optional(),
        params: z.array(z.strictObject({ name: z.string(), value: z.union([z.string(), lines]) })).optional(),
        workspaces: z.array(z.strictObject({ name: z.string(), workspace: z.string() })).optional(),
      }),
    ),
  }),
})
