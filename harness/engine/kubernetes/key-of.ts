/** Names a context of a kubeconfig. */
export function keyOf(kubeconfig: string, context?: string): string {
  return JSON.stringify([kubeconfig, context])
}
