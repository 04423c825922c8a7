"""The looks of exported pages, on the screen and on paper."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, "Noto Sans", "Noto Sans CJK JP", sans-serif; margin: 1.5rem;
  color: #1a1a1a; background: #fff; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
p { margin: 0 0 .4rem; }
a { color: #0b4f9e; }
sup { line-height: 0; margin-left: .15em; }
.wide { overflow-x: auto; margin-bottom: 1rem; }
table { border-collapse: collapse; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border: 1px solid #b0b0b0; padding: .4rem .55rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
thead th { background: #dce6f1; }
.matrix td { min-width: 15rem; max-width: 26rem; }
.matrix thead th { position: sticky; top: 0; }
.matrix th[scope=row] { position: sticky; left: 0; background: #fff; }
th { overflow-wrap: break-word; }
.matrix th:first-child, .evidence td:nth-child(2) { min-width: var(--names); }
.matrix thead small { display: block; font-weight: 400; }
.figures td { text-align: right; }
#about .figures td { text-align: left; }
.status { font-weight: 600; }
.state, .comment, small { color: #454545; font-size: .9em; }
.comment span { font-weight: 600; }
.not-assessed { background: #f2f2f2; }
.stale { background: #fce9d4; }
.draft { background: #fffbe6; }
blockquote { margin: .3rem 0; padding-left: .6rem; border-left: 3px solid #9db7d5; }
.evidence td:nth-child(4), .evidence td:nth-child(8) { overflow-wrap: break-word; }
.evidence td:nth-child(10) { min-width: 22rem; }
:target { outline: 3px solid #c25700; }
dt { font-weight: 600; } dd { margin: 0 0 .4rem 1rem; overflow-wrap: anywhere; }
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  body { margin: 0; font-size: 9pt; }
  nav { display: none; }
  .wide { overflow: visible; }
  .matrix td, .evidence td:nth-child(10) { min-width: 0; }
  .matrix thead th, .matrix th[scope=row] { position: static; }
  tr { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
"""
"""Style sheet of a page; nothing in it is fetched. `--names` is the width that the names of cases need."""
