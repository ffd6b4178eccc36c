const config = '/var/lib/kubelet/config.yaml'
const kept = '/var/lib/kubelet/config-without-grace-periods.yaml'
const delays = '/etc/systemd/logind.conf.d'

/** Seconds that the kubelet has to end all Pods when its node shuts down, and the last of them, which only critical Pods have. */
const periods = { shutdownGracePeriod: 40, shutdownGracePeriodCriticalPods: 10 } as const

const settings = Object.entries(periods).map(([key, seconds]) => `-e 's/^${key}:.*/${key}: ${seconds}s/'`)

/** How the login service is asked how long it lets others delay a shutdown, in microseconds. */
const longestDelay = 'busctl get-property org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager InhibitDelayMaxUSec'

/**
 * Command with which the kubelet of a node gets grace periods for a shutdown. It starts the login service, which announces one and lets
 * others delay it as long as that, and returns once the kubelet delays it. See
 * https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#graceful-node-shutdown
 */
export const graceAtShutdown: readonly string[] = [
  'sh',
  '-c',
  [
    'set -e',
    `cp --no-clobber ${config} ${kept}`,
    `sed -i ${settings.join(' ')} ${config}`,
    `mkdir -p ${delays}`,
    `printf '[Login]\\nInhibitDelayMaxSec=%s\\n' ${periods.shutdownGracePeriod} > ${delays}/50-grace-period.conf`,
    'systemctl restart systemd-logind',
    `timeout 60 sh -c 'until ${longestDelay} | grep -q " ${periods.shutdownGracePeriod}000000$"; do sleep 0.5; done'`,
    'systemctl restart kubelet',
    `timeout 60 sh -c 'until systemd-inhibit --list --no-pager | grep -q kubelet; do sleep 0.5; done'`,
  ].join('\n'),
]

/** Command that undoes `graceAtShutdown`. It may run where nothing was changed. */
export const noGraceAtShutdown: readonly string[] = [
  'sh',
  '-c',
  [
    `[ -e ${kept} ] || exit 0`,
    'set -e',
    `rm -f ${delays}/50-grace-period.conf ${delays}/99-kubelet.conf`,
    'systemctl stop systemd-logind',
    `cp ${kept} ${config}`,
    'systemctl restart kubelet',
    // Whatever comes next needs it.
    `timeout 30 bash -c 'until (: > /dev/tcp/127.0.0.1/10250) 2> /dev/null; do sleep 0.2; done'`,
    // The last step, so that a command that was cut off is repeated.
    `rm ${kept}`,
  ].join('\n'),
]

/** Command that says `changed` where `graceAtShutdown` was not undone. */
export const listGraceAtShutdown: readonly string[] = ['sh', '-c', `if [ -e ${kept} ]; then echo changed; fi`]

/** Command with which a node shuts itself down, as an administrator has it do. It returns at once. */
export const shutDown: readonly string[] = ['systemctl', 'poweroff']
