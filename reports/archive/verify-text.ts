import { envelopeFile, listFile } from '../attest/digest-list.ts'
import { archiveEnding, runFolder } from './archive-format.ts'
import type { Archived } from './readme.ts'

/**
 * How to verify an archive with standard tools, as Markdown; each block is for a shell. `name` is that of the archive without its ending.
 */
export function verifyText({ name, paths, isPublished }: Archived & { readonly name: string }): string {
  const isWhole = !isPublished
  const missing = isWhole ? '' : ' --ignore-missing'
  return `# Verify this archive

These commands need \`tar\`, \`zstd\`, \`sha256sum\` and \`jq\`. Each prints nothing, or what its text says, and exits with 0; whatever is not as it was is named, and the exit
code is another one.

Unpack it, in the directory of the archive:

\`\`\`sh
zstd --quiet --decompress --stdout ${name}${archiveEnding} | tar --extract --file -
cd ${name}
\`\`\`

All files are as they were packed:

\`\`\`sh
sha256sum --check --quiet SHA256SUMS
\`\`\`

The evidence of each guarantee is as it was when the guarantee was judged:

\`\`\`sh
find ${runFolder}/evidence -name SHA256SUMS -print0 |
  xargs -0 -I '{}' sh -c 'cd "$(dirname "$1")" && sha256sum --check --quiet SHA256SUMS' - '{}'
\`\`\`

It is the evidence that the report is about:

\`\`\`sh
jq --raw-output '.guarantees[].evidence[] | "\\(.sha256)  ${runFolder}/\\(.path)"' ${runFolder}/report.json |
  sha256sum --check --quiet${missing}
\`\`\`

Each verdict of the report is that of its evidence. This prints how many were compared, and names those that differ:

\`\`\`sh
jq --raw-output '.guarantees[] | [.id, .verdict] | @tsv' ${runFolder}/report.json | {
  compared=0 differ=0
  while IFS="$(printf '\\t')" read -r id verdict; do
    file="${runFolder}/evidence/$id/verdict.json"
    [ -f "$file" ] || continue
    compared=$((compared + 1))
    [ "$(jq --raw-output .verdict "$file")" = "$verdict" ] || { echo "$id is $verdict in the report only."; differ=1; }
  done
  echo "$compared verdicts compared."
  [ "$differ" = 0 ]
}
\`\`\`

Where a verdict of the report is Inconclusive because its evidence is not as it was, the evidence has another one.

What the verdicts are:

\`\`\`sh
jq --raw-output '.guarantees[] | "\\(.verdict) \\(.id): \\(.statement)"' ${runFolder}/report.json
\`\`\`

Why a guarantee is not Passed, and which entries of its history show it:

\`\`\`sh
jq --raw-output '.guarantees[] | select(.verdict != "Passed") | .id, (.reasons[] | "  \\(.summary) \\(.entries // [])")' ${runFolder}/report.json
\`\`\`
${isPublished ? copyText : ''}${paths.includes(listFile) && paths.includes(envelopeFile) ? attestedText : ''}
## With Holdfast

\`holdfast verify ${name}${archiveEnding}\` does all of this, judges the evidence again, and compares the suites with the commit of the run. \`holdfast recheck\`,
\`holdfast compare\` and \`holdfast publish\` take the archive, too.
`
}

const copyText = `
The files of the copy are those of the whole run:

\`\`\`sh
(cd ${runFolder} && sha256sum --check --quiet --ignore-missing SHA256SUMS)
\`\`\`
`

const attestedText = `
The run is as it was attested:

\`\`\`sh
(cd ${runFolder} && sha256sum --check --quiet ${listFile})
\`\`\`

The signed statement is about that list. This prints nothing but \`true\`:

\`\`\`sh
jq --raw-output .payload ${runFolder}/${envelopeFile} | base64 --decode |
  jq --arg list "$(sha256sum <${runFolder}/${listFile} | cut -d ' ' -f 1)" --exit-status 'any(.subject[]; .digest.sha256 == $list)'
\`\`\`

Who signed it, only \`holdfast verify --key <public key>\`, \`cosign\` or \`openssl\` can say.
`
