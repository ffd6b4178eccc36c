import { documentStyle } from '../document-style.ts'
import { markup } from '../markup.ts'

/** How the page of a run looks: as every page, and what only it has, such as timelines, stories and digests. */
export const pageStyle = markup`${documentStyle}
@media (prefers-color-scheme:dark){.timeline svg{filter:invert(.91) hue-rotate(180deg)}}
.wide{overflow-x:auto;max-width:100%}.counts th,.counts td{padding:3px 12px 3px 0;font-weight:400}.counts td{text-align:right;font-variant-numeric:tabular-nums}.counts thead th{min-width:90px;vertical-align:bottom}.counts thead th:not(:first-child){text-align:right}
.stated td{width:36%}.clauses ul{margin:4px 0;padding-left:20px}.evidence .digest{max-width:none;white-space:normal;overflow-wrap:anywhere}.stated td:last-child{width:28%}.evidence td{padding-top:2px;padding-bottom:2px;font-size:13px}
.coverage>tbody>tr>td{padding-top:10px}.coverage>tbody>tr>td:nth-child(3){width:17%}.coverage>tbody>tr>td:nth-child(4){width:17%;font-size:13px;color:var(--quiet)}.coverage .area th{padding-top:26px;font-size:16px}
.entry{scroll-margin-top:96px}.entry>td:first-child{border-left:4px solid var(--none);padding-left:14px}.entry dl{display:grid;grid-template-columns:130px 1fr;gap:4px 14px}
.entry.good>td:first-child{border-left-color:var(--good)}.entry.wrong>td:first-child{border-left-color:var(--wrong)}.entry.partial>td:first-child{border-left-color:var(--partial)}.entry.bad>td:first-child{border-left-color:var(--bad)}.entry.unsure>td:first-child{border-left-color:var(--unsure)}
.filter{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:baseline;padding:10px 0;position:sticky;top:0;background:var(--paper);z-index:1}.filter[hidden]{display:none}.filter label{color:var(--quiet)}
select,input{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--quiet);border-radius:4px;padding:3px 6px;max-width:270px}
small{font-size:13px;color:var(--quiet)}small .tone{color:inherit}kbd{display:block;margin:3px 0;padding:3px 8px;background:var(--card);border-radius:4px;font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;overflow-wrap:anywhere;user-select:all;-webkit-user-select:all}
.diff del,.diff ins{display:block;text-decoration:none;padding:0 6px;border-left:3px solid}.diff del{border-color:var(--good)}.diff ins{border-color:var(--bad)}.reason h3{margin:8px 0}.reproduce h2{font-size:15px;margin:14px 0 4px;padding:0;border:0}.judgements td:nth-child(2){width:32%}.judgements td:first-child{white-space:nowrap}
.reason{border-left:4px solid var(--none);padding:2px 0 2px 14px;margin:10px 0}.reason p{white-space:pre-wrap}.reason code{white-space:pre-wrap}
.reason.Failed{border-color:var(--bad)}.reason.Inconclusive{border-color:var(--unsure)}
.timeline{margin:14px 0;border:1px solid var(--line);border-radius:6px}.timeline svg{display:block;min-width:900px;width:100%;height:auto}
.digest{display:inline-block;max-width:19ch;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;vertical-align:bottom;user-select:all;-webkit-user-select:all}
pre{margin:6px 0;font:11px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.story ol{list-style:none;margin:0;padding:0}.story li{position:relative;padding:0 0 12px 38px}
.story .number{position:absolute;left:0;top:-1px;width:26px;height:26px;border-radius:13px;background:var(--quiet);color:var(--paper);font-weight:600;line-height:26px;text-align:center}
.story p{margin:3px 0 6px;max-width:90ch;white-space:pre-line}.story table{width:auto}.story th,.story td{border:0;padding:1px 18px 1px 0;font-size:13px;font-weight:400;vertical-align:baseline}.story th{min-width:11em;color:var(--quiet)}.like{margin-left:12px}
@media (max-width:900px){.filter{position:static}.entry{scroll-margin-top:0}}
@media (max-width:640px){.entry dl{grid-template-columns:1fr;gap:0}.coverage>tbody>tr>td:nth-child(n){width:auto}.entry>td:first-child{border-left:4px solid var(--none);padding-left:10px}.story table,.story tbody,.story tr,.story th,.story td{display:block}}
@media print{:is(.check>.quiet,.entry dd,.stated small)>a[href^=http]::after{content:' (' attr(href) ')'}.story th,.story td{font-size:11px}.wide{overflow:visible}.timeline svg{min-width:0;filter:none}.digest{max-width:none;white-space:normal;overflow-wrap:anywhere}
.evidence td,.evidence code{font-size:8px;line-height:1.3}pre{font-size:7px}.reason,.timeline{break-inside:avoid}.filter{display:none}kbd{font-size:8px;padding:1px 4px}small{font-size:9px}}
`
