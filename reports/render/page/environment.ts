import { envelopeFile, listFile } from '../../attest/digest-list.ts'
import type { ConformanceReport } from '../../model/conformance-report.ts'
import { type Markup, markup, type MarkupValue } from '../markup.ts'

/** What was tested and on what: versions, nodes, features, images, the machine, and how to judge the evidence again. */
export function environmentHtml({ cluster, run }: ConformanceReport, byDigest: ReadonlySet<string>): Markup {
  const { machine } = run
  const memory = machine === undefined ? 0 : Math.round(machine.memoryBytes / 2 ** 30)
  const rows: readonly (readonly [string, MarkupValue])[] = [
    ['nodes', cluster.nodes.map(({ name, role, zone }) => `${name} (${role}, ${zone})`).join(', ')],
    ['features', cluster.features.join(', ')],
    ['second source', cluster.auditLog === true ? comparedWithLog : noLog],
    ...(machine === undefined ? [] : [['machine', `${machine.os}, ${machine.kernel}, ${machine.cpus} CPUs, ${memory} GiB`] as const]),
    ['who stands for it', signature],
    ...(byDigest.size === 0 ? ofWholeRun(run.id) : ofPublishedRun),
  ]
  return markup`<dl class="facts">${[...Object.entries(cluster.versions), ...rows].map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${applicationsHtml(cluster)}
<h3>Images</h3>
<table class="rows"><thead><tr><th>image</th><th>from</th><th>digest in the registry, or id in the local engine</th></tr></thead><tbody>
${cluster.images.map(
  (image) => markup`<tr><td>${image.reference}</td><td>${image.from}</td><td>${identityOf(image)}</td></tr>
`,
)}</tbody></table>`
}

const comparedWithLog = 'the audit log of the API server, which the history of each check is compared with'

const noLog = 'none: Holdfast can read no audit log of this API server, so what happened is known by the histories alone'

/** The page is one of the files that are signed, so it cannot say by whom. */
const signature = markup`whoever signed <code>${envelopeFile}</code> beside this page: the digests of all files of the run, this page among them, which <code>${listFile}</code> lists. <code>holdfast verify &lt;this directory&gt; --key &lt;public key&gt;</code> names the key, and each file that was changed, added or taken away since. Where there is no such file, nobody signed`

const ofWholeRun = (id: string): readonly (readonly [string, Markup])[] => [
  ['judge the evidence again', markup`<code>holdfast recheck ${id}</code>`],
  [
    'verify the digests of the evidence',
    markup`<code>sha256sum -c SHA256SUMS</code> in each directory of a check below <code>evidence/</code>`,
  ],
]

const ofPublishedRun: readonly (readonly [string, Markup])[] = [
  ['judge again what is here', markup`<code>holdfast recheck &lt;this directory&gt;</code>`],
  [
    'verify the digests of what is here',
    markup`<code>sha256sum -c --ignore-missing SHA256SUMS</code>; <a href="SHA256SUMS">SHA256SUMS</a> lists all evidence of the whole run`,
  ],
  ['compare with the whole run', markup`<code>holdfast recheck &lt;this directory&gt; --with &lt;whole run&gt;</code>`],
]

/** Digest or ID of an image, which its tag does not determine. */
function identityOf({ digest, imageId }: ConformanceReport['cluster']['images'][number]): Markup {
  if (digest === undefined && imageId === undefined) return markup``
  return markup`<code>${digest ?? `image id ${imageId ?? ''}`}</code>`
}

/** Images of the applications that checks run. */
function applicationsHtml({ applicationImages = {}, images }: ConformanceReport['cluster']): Markup {
  const rows = Object.entries(applicationImages).map(([application, reference]) => {
    const image = images.find((known) => known.reference === reference)
    return markup`<tr><td>${application}</td><td>${reference}</td><td>${image?.from}</td><td>${image === undefined ? '' : identityOf(image)}</td></tr>
`
  })
  if (rows.length === 0) return markup``
  return markup`<h3>Applications that checks run</h3>
<table class="rows"><thead><tr><th>application</th><th>image</th><th>from</th><th>digest in the registry, or id in the local engine</th></tr></thead><tbody>${rows}</tbody></table>`
}
