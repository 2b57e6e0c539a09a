/** Style of a page: one column that a phone can hold, the reader's own light or dark, ink saved on paper. */
export const pageStyle = `
:root { color-scheme: light dark; --text: #1d1c1d; --faint: #5c5a5d; --line: #d8d6d9; --back: #fff; --soft: #f5f4f6; --link: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e4e7; --faint: #a9a6ab; --line: #434146; --back: #1a1a1c; --soft: #262528; --link: #7db8f5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; overflow-wrap: anywhere; }
article + article { margin-top: 2.5rem; padding-top: 2rem; border-top: 2px solid var(--line); }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p, ul, ol, blockquote, pre, .table { margin: 0 0 .75rem; }
ul, ol { padding-left: 1.4rem; }
li { margin: .2rem 0; }
li > p, li > ul, li > ol { margin: .2rem 0; }
a { color: var(--link); }
blockquote { padding-left: .9rem; border-left: .25rem solid var(--line); }
code { font: .9em ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; background: var(--soft); padding: .1em .3em; border-radius: .25rem; }
pre { background: var(--soft); padding: .75rem; border-radius: .4rem; overflow-x: auto; }
pre code { background: none; padding: 0; }
hr { border: 0; border-top: 1px solid var(--line); margin: 1.5rem 0; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: normal; }
th, td a { white-space: nowrap; }
figure { margin: 1rem 0; max-width: 32rem; }
figure svg { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: .4rem; }
.right { text-align: right; }
.center { text-align: center; }
.note { color: var(--faint); font-size: .87rem; }
.thread { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
@media print {
  :root { --text: #000; --faint: #444; --line: #bbb; --back: #fff; --soft: #f3f3f3; --link: #000; }
  main { max-width: none; padding: 0; }
  article + article { break-before: page; border: 0; }
  li, tr, blockquote, pre, figure { break-inside: avoid; }
  h1, h2, h3 { break-after: avoid; }
}
`;
