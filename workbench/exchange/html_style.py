"""The looks of exported pages, on the screen and on paper."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --faint: #454545; --line: #b0b0b0;
  --head: #dce6f1; --link: #0b4f9e; --bar: #9db7d5; --none: #f2f2f2; --stale: #fce9d4; --draft: #fffbe6;
  --target: #c25700; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8e8; --paper: #17191c; --faint: #b9bdc3; --line: #50565e; --head: #26354a;
    --link: #8fbcf5; --bar: #4f6f96; --none: #202328; --stale: #4a3215; --draft: #38341a; --target: #ff9a4d; }
}
body { font: 15px/1.45 system-ui, "Noto Sans", "Noto Sans CJK JP", sans-serif; margin: 1.5rem;
  color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
p { margin: 0 0 .4rem; }
a { color: var(--link); }
sup { line-height: 0; margin-left: .15em; }
nav a { display: inline-block; padding: .3rem .8rem .3rem 0; }
[hidden] { display: none !important; }
.wide { overflow-x: auto; margin-bottom: 1rem; }
.wide.tall { overflow: auto; max-height: 90vh; }
table { border-collapse: separate; border-spacing: 0; border: solid var(--line); border-width: 1px 0 0 1px; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border: solid var(--line); border-width: 0 1px 1px 0; padding: .4rem .55rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
thead th { background: var(--head); }
.matrix td { min-width: 15rem; max-width: 26rem; }
.matrix thead th { position: sticky; top: 0; z-index: 1; }
.matrix th[scope=row] { position: sticky; left: 0; background: var(--paper); }
.matrix thead th:first-child { left: 0; z-index: 2; }
th { overflow-wrap: break-word; }
.matrix th:first-child { min-width: var(--names); }
.matrix thead small { display: block; font-weight: 400; }
.figures td { text-align: right; }
#about .figures td { text-align: left; }
.status { font-weight: 600; }
.state, .comment, small, summary, .history { color: var(--faint); font-size: .9em; }
.comment span { font-weight: 600; }
.not-assessed { background: var(--none); }
.stale { background: var(--stale); }
.draft { background: var(--draft); }
.faded > * { opacity: .3; }
blockquote { margin: .3rem 0; padding-left: .6rem; border-left: 3px solid var(--bar); }
.history { margin: .3rem 0; padding-left: 0; list-style: none; }
.history li { margin-bottom: .3rem; white-space: pre-line; }
.evidence { padding-left: 0; list-style: none; }
.evidence li { max-width: 60rem; margin-bottom: .9rem; color: var(--faint); font-size: .9em;
  overflow-wrap: anywhere; }
.gloss { font-style: italic; }
.evidence blockquote { color: var(--ink); font-size: 1rem; }
.many table { table-layout: fixed; width: max-content; }
.many .matrix thead th { width: 16rem; }
.many .matrix thead th:first-child { width: var(--names); }
.many .matrix td > div { content-visibility: auto; contain-intrinsic-size: auto 15rem auto 14rem; }
.many #evidence section { content-visibility: auto; contain-intrinsic-size: auto 60rem auto 60rem; }
summary { cursor: pointer; }
.live .matrix td:has(details) { cursor: pointer; }
:target { outline: 3px solid var(--target); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 1px; }
dt { font-weight: 600; } dd { margin: 0 0 .4rem 1rem; overflow-wrap: anywhere; }
button, select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line);
  border-radius: .25rem; padding: .25rem .5rem; }
#controls { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin-bottom: .6rem; }
#controls select { max-width: 100%; }
.sort { margin-left: .4rem; padding: 0 .35rem; min-width: 1.7rem; min-height: 1.7rem; }
.sort::after { content: "↕"; }
[aria-sort=ascending] .sort::after { content: "↑"; }
[aria-sort=descending] .sort::after { content: "↓"; }
#panel { margin: 0 0 0 auto; box-sizing: border-box; width: min(42rem, 100%); max-width: 100%; height: 100%;
  max-height: 100%; padding: 1rem 1.25rem; border: 0; border-left: 1px solid var(--line); color: var(--ink);
  background: var(--paper); overflow-wrap: anywhere; }
#panel::backdrop { background: #0007; }
#panel header { display: flex; justify-content: space-between; align-items: start; gap: 1rem; }
#panel header button { flex: none; }
#panel h2 { margin: 0 0 .6rem; }
#panel ul { padding-left: 0; list-style: none; }
#panel li { margin-bottom: .6rem; }
@media (max-width: 40rem) {
  body { margin: .75rem; }
  .matrix td { min-width: 13rem; }
  .matrix th:first-child { min-width: min(var(--names), 7rem); max-width: 7rem; overflow-wrap: anywhere; }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  :root { color-scheme: light; --ink: #000; --paper: #fff; --faint: #333; --line: #999; --head: #e6e6e6;
    --none: #f2f2f2; --stale: #fce9d4; --draft: #fffbe6; }
  body { margin: 0; font-size: 9pt; }
  nav, #controls, .sort, summary { display: none !important; }
  .wide, .wide.tall { overflow: visible; max-height: none; }
  .matrix td { min-width: 0; }
  .matrix thead th, .matrix th[scope=row] { position: static; }
  tr, .evidence li { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
"""
"""Style sheet of a page; nothing in it is fetched. `--names` is the width that the names of cases need."""
