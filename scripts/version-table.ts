import { minorOf } from './kubernetes-pins.ts'

const pattern = /^\| minor \| release .*\n(?:\|.*\n)+/m

function order([minor = '']: readonly string[]): number {
  return Number(minor.split('.')[1])
}

/**
 * The text of README.md with a release in its table of versions: in the row of its minor, or in a new row where that belongs. Throws where
 * there is no such table.
 */
export function withRelease(readme: string, version: string): string {
  const table = pattern.exec(readme)?.[0]
  if (table === undefined) throw new Error('README.md has no table with the columns minor and release.')
  const [titles = [], , ...rows] = table
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  const minor = minorOf(version)
  const note = rows.find(([other]) => other === minor)?.[2] ?? ''
  const others = rows.filter(([other]) => other !== minor)
  const all = [titles, ...[...others, [minor, version, note]].toSorted((one, other) => order(one) - order(other))]
  const widths = titles.map((_, column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`
  const [first = '', ...written] = all.map(line)
  return readme.replace(table, () => `${[first, line(widths.map((width) => '-'.repeat(width))), ...written].join('\n')}\n`)
}
