import { gzipSync } from 'node:zlib'

const applicationScript = /<script\s+src="data:text\/javascript;base64,([^"]*)"><\/script>/
const dataScript = '<script defer>\n      Promise.allSettled([d('
const datum = /d\("([^"]+)","([^"]*)"\)/g
const scriptEnd = '</script>'

/**
 * Allure's page with its program and data compressed as one, about a sixth of the size. A page that is not built as expected is
 * returned as it is, for it shows the same.
 */
export function packedPage(html: string): string {
  const from = html.indexOf(dataScript)
  const to = html.indexOf(scriptEnd, from)
  const application = applicationScript.exec(html)
  if (from === -1 || to === -1 || application?.[1] === undefined) return html
  const parts = [...html.slice(from, to).matchAll(datum)].map(([, name = '', text = '']) => ({ name, bytes: Buffer.from(text, 'base64') }))
  const program = Buffer.from(application[1], 'base64')
  const index = JSON.stringify([...parts.map(({ name, bytes }) => [name, bytes.length]), ['', program.length]])
  const packed = gzipSync(Buffer.concat([Buffer.from(`${index}\n`), ...parts.map(({ bytes }) => bytes), program]), { level: 9 })
  const script = `<script>${unpacking(packed.toString('base64'))}${scriptEnd}`
  return `${html.slice(0, from)}${script}${html.slice(to + scriptEnd.length)}`.replace(application[0], '')
}

/** The program that unpacks in the browser: each datum when Allure asks for it, and Allure itself at the end. */
function unpacking(packed: string): string {
  return `(async () => {
  const answer = await fetch('data:application/gzip;base64,${packed}');
  const bytes = new Uint8Array(await new Response(answer.body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
  const base64 = (part) => {
    let text = '';
    for (let at = 0; at < part.length; at += 32768) text += String.fromCharCode(...part.subarray(at, at + 32768));
    return btoa(text);
  };
  const indexEnd = bytes.indexOf(10);
  let at = indexEnd + 1;
  for (const [name, length] of JSON.parse(new TextDecoder().decode(bytes.subarray(0, indexEnd)))) {
    const part = bytes.subarray(at, at + length);
    at += length;
    if (name !== '') Object.defineProperty(window.allureReportData, name, { enumerable: true, get: () => base64(part) });
    else {
      window.allureReportDataReady = true;
      const program = document.createElement('script');
      program.textContent = new TextDecoder().decode(part);
      document.body.append(program);
    }
  }
})();`
}
