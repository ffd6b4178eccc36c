/**
 * The texts of the `Warning` headers of an answer, in their order: `299 - "policy/v1beta1 is deprecated"`.
 * See https://kubernetes.io/blog/2020/09/03/warnings/
 */
export function warningsIn(headers: readonly string[] = []): readonly string[] {
  const quoted = headers.flatMap((header) => [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/gu)])
  return quoted.map(([, text = '']) => text.replaceAll(/\\(.)/gu, '$1'))
}
