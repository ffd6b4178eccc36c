import { markup } from './markup.ts'

/** How every page looks: colours, text, tables, badges and facts; on a screen of any width, light or dark, and on paper, with all open. */
export const documentStyle = markup`
:root{--paper:#fff;--ink:#1c2733;--quiet:#566270;--line:#dde3ea;--card:#f5f7fa;--link:#1a5aa8;
--good:#17693a;--wrong:#1f5fa8;--partial:#6a3fa0;--bad:#b3261e;--unsure:#855600;--none:#566270}
@media (prefers-color-scheme:dark){:root{--paper:#12161b;--ink:#e4e9ee;--quiet:#a6b0bb;--line:#333c46;--card:#1b2128;--link:#86b8f5;
--good:#62cf91;--wrong:#86b8f5;--partial:#c7a8f4;--bad:#ff8f85;--unsure:#e3b454;--none:#a6b0bb}}
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif;overflow-wrap:break-word}
main{max-width:1180px;margin:0 auto;padding:24px 20px 60px}
h1{font-size:24px;line-height:1.3;margin:4px 0 8px}h2{font-size:20px;margin:40px 0 12px;padding-top:14px;border-top:2px solid var(--line)}
h3{font-size:16px;margin:26px 0 8px}h4{font-size:14px;margin:20px 0 6px}h5{display:inline;font-size:14px;margin:0}
p{margin:6px 0}a{color:var(--link)}code{font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;overflow-wrap:anywhere}
.kicker,.quiet{color:var(--quiet)}.kicker{margin:0}.meaning:first-letter{text-transform:uppercase}.sentence{font-weight:600}.anchor{color:inherit;text-decoration:none}.anchor:hover{text-decoration:underline}
nav ul{display:flex;flex-wrap:wrap;gap:6px 18px;padding:0;margin:18px 0 0;list-style:none}
.badge{display:inline-block;border-radius:4px;padding:0 8px;color:var(--paper);background:var(--none);font-weight:600;white-space:nowrap}h1 .badge{padding:0 12px}
.badge.Passed,.badge.success{background:var(--good)}.badge.Failed,.badge.failure{background:var(--bad)}.badge.Inconclusive,.badge.partial{background:var(--unsure)}
.tone{color:var(--none)}.tone.good,.tone.Passed,td.Passed{color:var(--good)}.tone.wrong{color:var(--wrong)}.tone.partial{color:var(--partial)}
.tone.bad,.tone.Failed,td.Failed{color:var(--bad)}.tone.unsure,.tone.Inconclusive,td.Inconclusive{color:var(--unsure)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:6px 14px 6px 0;border-bottom:1px solid var(--line)}
thead th{color:var(--quiet);font-weight:500}td.number,.whole{white-space:nowrap}td.number{font-variant-numeric:tabular-nums}
dl{margin:6px 0}dl div{display:grid;grid-template-columns:180px 1fr;gap:2px 14px;padding:2px 0}dt{color:var(--quiet)}dd{margin:0;min-width:0;overflow-wrap:anywhere}
.check{padding:4px 0 10px;border-bottom:1px solid var(--line)}.check h3{margin-top:18px}.check:target,.entry:target,tr:target{background:var(--card)}
details{margin:8px 0}summary{cursor:pointer;color:var(--link)}
@media (max-width:640px){main{padding:14px 14px 40px}h1{font-size:20px}dl div{grid-template-columns:1fr}dt{font-size:13px}
.rows,.rows tbody,.rows tr,.rows td{display:block;width:auto}.rows thead{display:none}.rows td{border:0;padding:1px 0;overflow-wrap:anywhere}.rows tr{border-bottom:1px solid var(--line);padding:7px 0}.rows td.number{display:inline-block;padding-right:14px}}
@page{margin:14mm;@bottom-right{content:counter(page) ' of ' counter(pages);font:9px sans-serif;color:#566270}}
@media print{:root{--paper:#fff;--ink:#000;--quiet:#444;--line:#bbb;--card:#fff;--link:#123f7a;--good:#17693a;--wrong:#1f5fa8;--partial:#6a3fa0;--bad:#b3261e;--unsure:#855600;--none:#444}
body{font-size:11px}h1{font-size:18px}h2{font-size:15px;margin-top:24px}h3{font-size:12px}h4,h5{font-size:11px}code{font-size:9px}main{max-width:none;padding:0}nav{display:none}
@supports selector(details::details-content){summary{display:none}details::details-content{content-visibility:visible;display:block;height:auto}}
.badge{border:1px solid;color:var(--ink);background:none!important}h2,h3,h4{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}
`
