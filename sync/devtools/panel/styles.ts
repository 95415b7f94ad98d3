/** Set any of these on the element that holds the panel, to have it look like the rest of a page. */
const light = `
  --inspector-surface: #ffffff;
  --inspector-raised: #f3f3f5;
  --inspector-hover: #1419280f;
  --inspector-border: #e6e6ea;
  --inspector-border-strong: #d3d4db;
  --inspector-text: #17181d;
  --inspector-muted: #545762;
  --inspector-subtle: #676a75;
  --inspector-accent: #4652d4;
  --inspector-focus: #5c68ec;
  --inspector-green: #1f8a52;
  --inspector-blue: #2679bd;
  --inspector-amber: #a8660f;
  --inspector-violet: #7d4bc0;
  --inspector-red: #c23a31;
  --inspector-font: ui-sans-serif, system-ui, sans-serif;
  --inspector-mono: ui-monospace, "SF Mono", Menlo, Consolas, monospace;
  color-scheme: light;
`;

const dark = `
  --inspector-surface: #131418;
  --inspector-raised: #1c1e24;
  --inspector-hover: #ffffff12;
  --inspector-border: #24262d;
  --inspector-border-strong: #363943;
  --inspector-text: #ededf0;
  --inspector-muted: #a6a9b4;
  --inspector-subtle: #8e919d;
  --inspector-accent: #98a2ff;
  --inspector-focus: #8b95ff;
  --inspector-green: #4fc184;
  --inspector-blue: #63aeea;
  --inspector-amber: #e0a24a;
  --inspector-violet: #b48cf0;
  --inspector-red: #f0837b;
  color-scheme: dark;
`;

export const styles = `
:host(:not([data-theme="page"])) { ${light} }
:host { display: block; height: 100%; min-height: 0; min-width: 0; }
:host([data-theme="dark"]) { ${dark} }
@media (prefers-color-scheme: dark) { :host([data-theme="system"]) { ${dark} } }

* { box-sizing: border-box; margin: 0; }
.panel {
  container-type: inline-size;
  display: flex;
  flex-direction: column;
  height: 100%;
  min-height: 0;
  overflow: hidden;
  background: var(--inspector-surface);
  color: var(--inspector-text);
  font: 400 12px/1.5 var(--inspector-font);
}
button, input { font: inherit; color: inherit; }
button { border: 0; background: none; cursor: pointer; }
button:disabled { opacity: .45; cursor: default; }
:focus-visible { outline: 2px solid var(--inspector-focus); outline-offset: 1px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { width: 14px; height: 14px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
code { font: 11px/1.5 var(--inspector-mono); overflow-wrap: anywhere; color: var(--inspector-muted); }

.head { display: grid; flex: none; gap: 8px; padding: 6px 12px 8px 16px; border-bottom: 1px solid var(--inspector-border); }
.line { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; min-width: 0; }
h2 { font-size: 13px; font-weight: 600; line-height: 28px; }
h3 { font-size: 12px; font-weight: 600; }
.state { color: var(--inspector-amber); }
.actions { display: flex; flex-wrap: wrap; margin: 0 -6px 0 auto; }
.tool { display: grid; place-items: center; width: 24px; height: 28px; border-radius: 6px; color: var(--inspector-muted); }
.tool:hover:not(:disabled) { background: var(--inspector-hover); color: var(--inspector-text); }
.tool[aria-pressed="true"] { background: var(--inspector-raised); color: var(--inspector-accent); }
.views { display: inline-flex; padding: 2px; border-radius: 7px; background: var(--inspector-raised); }
.views button { height: 22px; padding: 0 10px; border-radius: 5px; color: var(--inspector-muted); white-space: nowrap; }
.views button[aria-selected="true"] { background: var(--inspector-surface); color: var(--inspector-text); font-weight: 550; box-shadow: 0 1px 2px #10142018; }
fieldset { display: flex; flex-wrap: wrap; gap: 4px; min-width: 0; padding: 0; border: 0; }
.chip { display: inline-flex; align-items: center; gap: 5px; height: 24px; padding: 0 8px; border: 1px solid var(--inspector-border); border-radius: 99px; color: var(--inspector-subtle); text-decoration: line-through; white-space: nowrap; }
.chip[aria-pressed="true"] { border-color: var(--inspector-border-strong); color: var(--inspector-text); text-decoration: none; }
.chip:hover { background: var(--inspector-hover); }
.chip .count { color: var(--inspector-subtle); }
.chip svg { flex: none; }
.search { flex: 1 1 120px; min-width: 0; max-width: 240px; height: 24px; padding: 0 8px; border: 1px solid var(--inspector-border-strong); border-radius: 6px; background: var(--inspector-surface); }
.search::placeholder { color: var(--inspector-subtle); opacity: 1; }
.fault { padding: 8px 16px; border-bottom: 1px solid var(--inspector-border); color: var(--inspector-red); }

.body { display: flex; flex: 1; flex-direction: column; min-height: 0; overflow: auto; overscroll-behavior: contain; }
.body[hidden], [hidden] { display: none !important; }
.left { flex: none; }
.legend { padding: 6px 12px; border-bottom: 1px solid var(--inspector-border); }
.legend .chip { height: 22px; padding: 0 6px; border-color: transparent; font-size: 11px; }
.picture { position: relative; flex: none; max-height: max(250px, 40vh); overflow: hidden auto; border-bottom: 1px solid var(--inspector-border); touch-action: pan-y; }
.picture:focus-visible { outline-offset: -2px; }
.picture svg.chart { display: block; width: 100%; cursor: grab; }
.picture svg.chart:active { cursor: grabbing; }
.lane-line { stroke: var(--inspector-border); }
.lane-name { fill: var(--inspector-text); font-weight: 550; }
.lane-name.common { fill: var(--inspector-subtle); font-weight: 400; }
.tick-line { stroke: var(--inspector-border); stroke-dasharray: 1 3; }
.tick { fill: var(--inspector-subtle); font-size: 10px; }
.arrow { fill: none; stroke: var(--inspector-subtle); stroke-width: 1; opacity: .55; }
.arrow-head { fill: var(--inspector-subtle); }
.arrow.related { stroke: var(--inspector-accent); stroke-width: 1.75; opacity: 1; }
.arrow-head.related { fill: var(--inspector-accent); }
.telling .arrow:not(.related) { opacity: .12; }
.telling .shape:not(.related) { opacity: .3; }
.shape { cursor: pointer; stroke-width: 1.5; }
.shape .hit { fill: transparent; stroke: none; }
.shape:hover { filter: brightness(1.15); }
.shape.selected .ring { stroke: var(--inspector-focus); stroke-width: 2; fill: none; }
.several { fill: var(--inspector-text); stroke: none; font-size: 9px; font-weight: 600; }
.write { fill: var(--inspector-violet); stroke: var(--inspector-violet); }
.commit { fill: var(--inspector-accent); stroke: var(--inspector-accent); }
.message { fill: var(--inspector-surface); stroke: var(--inspector-accent); }
.patched { fill: var(--inspector-green); stroke: var(--inspector-green); }
.asks { fill: var(--inspector-blue); stroke: var(--inspector-blue); }
.waits { fill: var(--inspector-surface); stroke: var(--inspector-amber); }
.nothing { fill: var(--inspector-surface); stroke: var(--inspector-subtle); }
.wait { fill: var(--inspector-surface); stroke: var(--inspector-amber); stroke-dasharray: 3 2; }
.read { fill: var(--inspector-surface); stroke: var(--inspector-blue); }
.shown { fill: none; stroke: var(--inspector-green); }
.note { fill: none; stroke: var(--inspector-subtle); }
.failed { stroke: var(--inspector-red); }

.story { flex: none; max-height: max(220px, 40vh); overflow: auto; padding: 8px 8px 12px 16px; border-bottom: 1px solid var(--inspector-border); background: var(--inspector-raised); }
.story header { display: flex; align-items: center; justify-content: space-between; gap: 8px; }
.story ol { display: grid; gap: 4px; margin: 4px 0 0; padding: 0; list-style: none; }
.story h4 { margin-top: 8px; color: var(--inspector-muted); font-size: 11px; font-weight: 550; }
.step { display: grid; grid-template-columns: 62px minmax(0, 1fr); gap: 8px; width: 100%; padding: 2px 4px; border-radius: 4px; text-align: left; overflow-wrap: anywhere; }
.step:hover { background: var(--inspector-hover); }
.step[aria-current="true"] { background: var(--inspector-surface); box-shadow: inset 2px 0 var(--inspector-accent); }
.step .after { color: var(--inspector-muted); text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }

.rows { flex: 1 0 auto; margin: 0; padding: 0; list-style: none; }
.row { display: grid; grid-template-columns: 14px minmax(0, 1fr) auto; gap: 4px 8px; padding: 8px 16px; border-bottom: 1px solid var(--inspector-border); content-visibility: auto; contain-intrinsic-size: auto 52px; }
.row[aria-current="true"] { background: var(--inspector-raised); box-shadow: inset 2px 0 var(--inspector-accent); }
.row > svg { margin-top: 2px; }
.row .what { padding: 0; text-align: left; color: var(--inspector-muted); overflow-wrap: anywhere; border-radius: 3px; }
.row .what:hover { text-decoration: underline; text-decoration-color: var(--inspector-border-strong); }
.row strong { color: var(--inspector-text); font-weight: 550; }
.row time, .quiet { color: var(--inspector-subtle); white-space: nowrap; }
.row time { font-size: 11px; line-height: 18px; }
.why { grid-column: 2 / -1; color: var(--inspector-subtle); }
.row dl { display: grid; grid-column: 2 / -1; gap: 6px; }
.reaction { display: grid; gap: 2px; padding-left: 8px; border-left: 2px solid var(--inspector-border); }
.reaction dt { font-weight: 550; }
.reaction dt span { color: var(--inspector-subtle); font-weight: 400; }
.reaction dd { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 8px; }
.badge { padding: 0 6px; border-radius: 4px; background: var(--inspector-raised); font-size: 11px; white-space: nowrap; color: var(--inspector-muted); }
.badge.green { color: var(--inspector-green); } .badge.blue { color: var(--inspector-blue); }
.badge.amber { color: var(--inspector-amber); } .badge.red { color: var(--inspector-red); }
.badge.green, .badge.blue, .badge.amber, .badge.red { background: color-mix(in srgb, currentColor 11%, var(--inspector-surface)); }
.more { margin: 8px 16px; height: 28px; padding: 0 12px; border: 1px solid var(--inspector-border-strong); border-radius: 6px; }
.empty { display: grid; flex: 1; place-content: center; gap: 4px; padding: 24px; text-align: center; color: var(--inspector-muted); }
.empty p { max-width: 44ch; }

table { width: 100%; border-collapse: collapse; }
caption { padding: 8px 16px; color: var(--inspector-muted); text-align: left; }
th, td { padding: 6px 8px; border-bottom: 1px solid var(--inspector-border); text-align: left; vertical-align: top; }
th:first-child, td:first-child { padding-left: 16px; }
th:last-child, td:last-child { padding-right: 16px; }
th { color: var(--inspector-subtle); font-weight: 500; }
tbody th { color: var(--inspector-text); font-weight: 550; }
tbody th code { color: inherit; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.scroll { overflow-x: auto; }
.bar { display: block; height: 8px; min-width: 2px; border-radius: 2px; background: var(--inspector-subtle); }
.bar.ours { background: var(--inspector-accent); }

@container (min-width: 900px) {
  .split { flex-direction: row; overflow: hidden; }
  .split .left { display: flex; flex: 1.5; flex-direction: column; min-width: 0; overflow: auto; border-right: 1px solid var(--inspector-border); }
  .split .right { flex: 1; min-width: 0; overflow: auto; }
  .split .picture, .split .story { max-height: none; }
}
@media (forced-colors: active) {
  .write, .commit, .patched, .asks { fill: CanvasText; }
  .chip[aria-pressed="true"], .views [aria-selected="true"], .row[aria-current="true"] { border: 1px solid Highlight; }
}
@media (prefers-reduced-motion: no-preference) { .tool, .chip { transition: background-color 120ms; } }
`;
