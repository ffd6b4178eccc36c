import { type Command, InvalidArgumentError, Option } from 'commander'
import { stringify } from 'yaml'
import { usualNamespace } from '../../clusters/installed-velero/find-velero.ts'
import { withSuitesOfSettings } from '../plan/own-suites-of-run.ts'
import { planRun, type RunOptions } from '../plan/run-plan.ts'
import { namespaceName, withClusterFlags, withSelectionFlags, withSuitesFlag } from '../plan/run-flags.ts'
import { readRights } from '../rights/recorded-rights.ts'
import { rightsElsewhere } from '../rights/rights-of-selection.ts'
import { roleRemarks } from '../rights/role-remarks.ts'
import { rolesFor, type Subject } from '../rights/roles.ts'
import { log } from '../shell/log.ts'
import { strictCommand } from '../shell/strict-command.ts'

interface RbacOptions extends RunOptions {
  readonly name: string
  readonly serviceAccount: Subject
  readonly user?: string
  readonly group?: string
  readonly veleroNamespace: string
}

/** `holdfast rbac [names…]`: the least roles with which a run of these guarantees passes on a cluster that Holdfast did not create. */
export function rbac(): Command {
  const command = strictCommand({ name: 'rbac', summary: 'print the least roles for a run with --kubeconfig, as YAML for kubectl apply' })
  const account = new Option('--service-account <namespace/name>', 'ServiceAccount to create and to bind the roles to')
  return withSelectionFlags(withSuitesFlag(withClusterFlags(command)))
    .argument('[names...]', 'as for run: concepts, suites, guarantees, patterns, ledger entries; by default what the profile selects')
    .option('--name <name>', 'name of the roles and of their bindings', 'holdfast')
    .addOption(
      account.argParser(readAccount).default({ kind: 'ServiceAccount', namespace: 'default', name: 'holdfast' }, 'default/holdfast'),
    )
    .addOption(new Option('--user <name>', 'user to bind the roles to, in place of a ServiceAccount').conflicts('group'))
    .option('--group <name>', 'group to bind the roles to, in place of a ServiceAccount')
    .option('--velero-namespace <name>', 'namespace of the Velero to use', namespaceName, usualNamespace)
    .action((names: string[], { name, serviceAccount, user, group, veleroNamespace, ...options }: RbacOptions) => {
      const { guarantees, catalogue, settings } = planRun(names, withSuitesOfSettings(options))
      const program = settings.workload?.programFromConfigMap === true
      const recorded = readRights(catalogue.flatMap((suite) => suite.guarantees.map(({ id }) => id)))
      const rights = rightsElsewhere(recorded, { guarantees, veleroNamespace, program })
      const subject: Subject =
        user !== undefined ? { kind: 'User', name: user } : group !== undefined ? { kind: 'Group', name: group } : serviceAccount
      for (const line of roleRemarks(rights, { recorded, veleroNamespace })) log(`# ${line}`)
      log(
        rolesFor(rights.rules, { name, subject })
          .map((object) => `---\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })}`)
          .join('')
          .trimEnd(),
      )
    })
}

function readAccount(text: string): Subject {
  const [namespace = '', name = '', ...rest] = text.split('/')
  if (namespace === '' || name === '' || rest.length > 0) throw new InvalidArgumentError('Write it as <namespace>/<name>.')
  return { kind: 'ServiceAccount', namespace, name }
}
