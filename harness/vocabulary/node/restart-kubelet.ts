/** Command with which a node restarts its kubelet and waits for another process. It ends with an error when the process is the same. */
export const restartKubelet: readonly string[] = [
  'sh',
  '-c',
  [
    'set -e',
    'pid() { systemctl show --property MainPID --value kubelet; }',
    'before=$(pid)',
    'systemctl restart kubelet',
    'after=$(pid)',
    'echo "kubelet: process $before, then $after"',
    '[ "$after" != 0 ] && [ "$after" != "$before" ]',
  ].join('\n'),
]
