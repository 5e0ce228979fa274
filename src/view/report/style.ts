/** The style sheet of the HTML report: a phone first, then a desk, then paper; light and dark. Nothing is loaded. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1b2026;--soft:#525c68;--line:#d9dee5;--accent:#0b57a4;--focus:#0b57a4;--warn-bg:#fff3d6;--warn-ink:#5c3d00;
--changed:#1a7f45;--unchanged:#5a7186;--drifted:#a05c00;--skipped:#6b7280;--failed:#c0262d;--unknown:#7c3aad;--planned:#0b57a4}
@media(prefers-color-scheme:dark){:root{--bg:#12161b;--card:#1b2128;--ink:#e7ebf0;--soft:#a9b4c0;--line:#333c47;--accent:#7db8f5;--focus:#9ccbff;--warn-bg:#3b2d0a;--warn-ink:#ffdf9a;
--changed:#4cc47f;--unchanged:#9db3c7;--drifted:#e8a33d;--skipped:#a2a9b3;--failed:#ff7b7f;--unknown:#c99af0;--planned:#7db8f5}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:1440px;margin:0 auto;padding:0 16px}
header{padding-top:28px}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 4px}
h2{font-size:1.15rem;margin:0 0 12px}
h3{font-size:.95rem;margin:0 0 8px}
p{margin:0 0 8px}
.by{color:var(--soft);margin-bottom:16px}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:18px;margin:0 0 16px}
.notices{background:var(--warn-bg);color:var(--warn-ink);border-color:var(--drifted)}
ul{margin:0;padding-left:20px}
dl{display:grid;grid-template-columns:1fr;gap:2px 20px;margin:0}
dt{color:var(--soft)}
dd{margin:0 0 6px}
code,.mono{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:.92em}
.figures{display:flex;flex-wrap:wrap;gap:12px 28px;margin:0 0 14px;padding:0;list-style:none}
.figures b{display:block;font-size:1.6rem;line-height:1.15;font-variant-numeric:tabular-nums}
.figures span{color:var(--soft)}
.charts{display:grid;gap:20px}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--soft);font-size:12px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.93rem}
th,td{text-align:left;padding:7px 9px;overflow-wrap:break-word;max-width:26em;border-bottom:1px solid var(--line);vertical-align:top;unicode-bidi:isolate}
th{color:var(--soft);font-weight:600;white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-decoration:underline;text-decoration-color:var(--line);text-underline-offset:3px}
th[aria-sort=ascending] button::after{content:" \\2191"}
th[aria-sort=descending] button::after{content:" \\2193"}
.o{font-weight:600;white-space:nowrap}
.o::before{content:"";display:inline-block;width:.7em;height:.7em;border-radius:50%;margin-right:.45em;background:currentColor}
.changed{color:var(--changed)}.unchanged{color:var(--unchanged)}.drifted{color:var(--drifted)}.skipped,.not{color:var(--skipped)}.failed{color:var(--failed)}.unknown{color:var(--unknown)}.planned{color:var(--planned)}
rect.changed{fill:var(--changed)}rect.unchanged{fill:var(--unchanged)}rect.drifted{fill:var(--drifted)}rect.skipped{fill:var(--skipped)}rect.failed{fill:var(--failed)}rect.unknown{fill:var(--unknown)}rect.planned{fill:var(--planned)}
rect.back{fill:var(--line)}
.curve{fill:none;stroke:var(--accent);stroke-width:2}
.axis{stroke:var(--line)}
.tools{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:center;margin:0 0 12px}
.tools label{font-weight:600}
input[type=search]{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--soft);border-radius:6px;padding:7px 10px;width:min(340px,100%)}
button.more{font:inherit;margin-top:12px;padding:8px 16px;border-radius:6px;border:1px solid var(--soft);background:var(--bg);color:var(--ink);cursor:pointer}
.shown{color:var(--soft)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
footer{color:var(--soft);padding-bottom:32px}
@media(min-width:600px){dl{grid-template-columns:max-content 1fr}dd{margin:0}.charts{grid-template-columns:1fr 1fr}}
@media screen and (min-width:1000px){dl{grid-template-columns:max-content 1fr max-content 1fr}}
@media screen and (max-width:1099px){
.big table,.big tbody,.big tr,.big td{display:block;width:100%}
.big thead{position:static}
.big thead tr{display:flex;flex-wrap:wrap;gap:4px 14px;padding-bottom:8px}
.big thead th{display:inline;border:0;padding:2px 0}
.big tbody tr{border-top:2px solid var(--line);padding:9px 0}
.big td{border:0;padding:2px 0;max-width:none;overflow-wrap:anywhere}
.big td.n{text-align:left}
.big td:empty{display:none}
.big td[data-label]::before{content:attr(data-label) ": ";color:var(--soft)}
}
@media screen and (min-width:600px) and (max-width:1099px){.big tbody tr{display:grid;grid-template-columns:1fr 1fr;gap:0 24px}}
@media print{
:root{color-scheme:light;--bg:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb}
body{font-size:9pt}
table{font-size:7.5pt}
th,td{padding:3px 5px;max-width:none;overflow-wrap:anywhere}
th{white-space:normal}
section{border:0;padding:0;break-inside:auto}
tr,.charts>div{break-inside:avoid}
thead{display:table-header-group}
.tools,button.more{display:none}
}
`;
