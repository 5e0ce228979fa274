// Draws recorded screens as one SVG that plays by itself: no script, no font of its own, readable on light and dark pages.
const CELL = { width: 7.8, height: 17 };
const MARGIN = 16;
const BAR = 30;
/** The colours of a terminal, by palette number: the eight of old, then the eight bright ones. */
const COLORS = ['#6e7681', '#ff7b72', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#e6edf3'];

/** One scene: how long it stays, in seconds, and its rows of runs. */
export function pictureOf(scenes, { columns, rows, title }) {
  const size = { width: Math.ceil(columns * CELL.width) + 2 * MARGIN, height: rows * CELL.height + BAR + 2 * MARGIN };
  const whole = scenes.reduce((sum, { seconds }) => sum + seconds, 0);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>${styleOf(scenes, whole)}</style>
<rect class="card" x="0.5" y="0.5" width="${size.width - 1}" height="${size.height - 1}" rx="9"/>
<circle cx="20" cy="17" r="5.5" fill="#ff5f57"/><circle cx="38" cy="17" r="5.5" fill="#febc2e"/><circle cx="56" cy="17" r="5.5" fill="#28c840"/>
${scenes.map(sceneOf).join('\n')}
</svg>
`;
}

/** Without animation, or where somebody does not want to see things move, the scene that says most stands still. */
function styleOf(scenes, whole) {
  let at = 0;
  const turns = scenes.map(({ seconds }, index) => {
    const [from, to] = [at, at + seconds].map((time) => ((100 * time) / whole).toFixed(3));
    at += seconds;
    return `@keyframes s${index}{0%,${from}%{visibility:hidden}${index === 0 ? '0%' : `${from}%`}{visibility:visible}${to}%{visibility:${at >= whole ? 'visible' : 'hidden'}}}.s${index}{animation:s${index} ${whole.toFixed(1)}s step-end infinite}`;
  });
  return [
    `text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace;fill:#e6edf3;white-space:pre}`,
    '.card{fill:#0d1117;stroke:#444c56}.scene{visibility:hidden}.scene.still{visibility:visible}.b{font-weight:600}.d{opacity:.65}',
    ...COLORS.map((color, index) => `.c${index}{fill:${color}}`),
    `@media (prefers-reduced-motion:no-preference){.scene.still{visibility:hidden}${turns.join('')}}`,
  ].join('');
}

function sceneOf({ kind, isStill, screen }, index) {
  const rows = screen.map((runs, row) => runs.map((run) => runOf(run, MARGIN + BAR + row * CELL.height + 4)).join('')).filter((row) => row !== '');
  return `<g class="scene ${kind} s${index}${isStill ? ' still' : ''}">\n${rows.join('\n')}\n</g>`;
}

/** Each run says how long it is, so that columns stand below each other in every font. */
function runOf({ text, column, width, bold, dim, color }, y) {
  const looks = [color >= 0 ? `c${color % 8}` : '', bold ? 'b' : '', dim ? 'd' : ''].filter((name) => name !== '').join(' ');
  const look = looks === '' ? '' : ` class="${looks}"`;
  return `<text x="${(MARGIN + column * CELL.width).toFixed(1)}" y="${y}" textLength="${(width * CELL.width).toFixed(1)}" lengthAdjust="spacingAndGlyphs"${look}>${escaped(text)}</text>`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
