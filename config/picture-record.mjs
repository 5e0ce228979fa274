// Runs the bin on a real terminal, which script(1) makes, and reads what stands on its screen with xterm's own emulator.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import xterm from '@xterm/headless';

const BIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** Room for the longest output: what is scrolled away is read, too. */
const SCROLLBACK = 1_000;

/** An empty screen. */
export function openScreen({ columns, rows }) {
  return new xterm.Terminal({ cols: columns, rows, scrollback: SCROLLBACK, allowProposedApi: true });
}

/**
 * Types one command and records it: scenes that are held, and those in which something `moving` counts up.
 * `answers` are keys, each pressed when what comes before it stands on the screen.
 */
export async function recordCommand(terminal, folder, { words, answers = [], moving }) {
  const write = (data) => new Promise((resolve) => terminal.write(data, resolve));
  const bottom = () => screenOf(terminal, terminal.buffer.active.baseY);
  const isFirst = terminal.buffer.active.cursorY === 0;
  await write(`${isFirst ? '' : '\r\n'}\u001b[32m$\u001b[0m \u001b[1mbamboo-rekey ${words.join(' ')}\u001b[0m\r\n`);
  const scenes = [{ kind: 'held', of: 'typed', screen: bottom() }];
  const child = start(terminal, folder, words);
  const closed = new Promise((resolve) => child.on('close', resolve));
  const waiting = [...answers];
  for await (const chunk of child.stdout) {
    await write(chunk);
    const screen = bottom();
    const text = textOf(screen);
    if (moving?.test(text)) scenes.push({ kind: 'passing', of: moving.exec(text)[0], screen });
    if (waiting.length > 0 && text.replace(/\s+/g, ' ').includes(waiting[0].before)) {
      scenes.push({ kind: 'held', of: 'asked', screen });
      child.stdin.write(waiting.shift().keys);
    }
  }
  const exit = await closed;
  if (exit !== 0 || waiting.length > 0)
    throw new Error(`"bamboo-rekey ${words.join(' ')}" ended with ${exit}, and ${waiting.length} questions were not asked:\n${textOf(bottom())}`);
  return [...scenes, ...endOf(terminal)];
}

function start({ cols, rows }, folder, words) {
  const line = `stty cols ${cols} rows ${rows}; exec '${process.execPath}' '${BIN}' ${words.join(' ')}`;
  // Without CI and COLORTERM: the picture is the same wherever it is made.
  const env = { PATH: process.env.PATH ?? '', SHELL: '/bin/sh', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  return spawn('script', ['-qec', line, '/dev/null'], { cwd: folder, env, stdio: ['pipe', 'pipe', 'inherit'] });
}

/** What stands there in the end: the head, and where it did not fit the tail. */
function endOf(terminal) {
  const { baseY } = terminal.buffer.active;
  const tail = { kind: 'held', of: 'end', screen: screenOf(terminal, baseY) };
  return baseY === 0 ? [tail] : [{ kind: 'held', of: 'head', screen: screenOf(terminal, 0) }, tail];
}

/** The rows that are seen from a line on, each as runs of one look. */
function screenOf(terminal, from) {
  const buffer = terminal.buffer.active;
  return Array.from({ length: terminal.rows }, (_, row) => runsOf(buffer.getLine(from + row), terminal.cols));
}

/** A wide character is a run of its own, because fonts do not agree about its width; two blanks part runs, so that columns stay where they are. */
function runsOf(line, columns) {
  const runs = [];
  let last;
  for (let column = 0; column < columns; column += 1) {
    const cell = line?.getCell(column);
    const width = cell?.getWidth() ?? 0;
    const text = cell?.getChars() || ' ';
    if (width === 0) continue;
    if (text === ' ' && (last === undefined || last.text.endsWith(' '))) last = undefined;
    else if (last !== undefined && width === 1 && last.narrow && alike(last, lookOf(cell)))
      Object.assign(last, { text: last.text + text, width: last.width + 1 });
    else {
      last = { ...lookOf(cell), text, column, width, narrow: width === 1 };
      runs.push(last);
    }
  }
  return runs.map(withoutBlankEnd).filter(({ text }) => text !== '');
}

function lookOf(cell) {
  return { bold: cell.isBold() !== 0, dim: cell.isDim() !== 0, color: cell.isFgPalette() ? cell.getFgColor() : -1 };
}

function alike(one, other) {
  return one.bold === other.bold && one.dim === other.dim && one.color === other.color;
}

function withoutBlankEnd(run) {
  return run.text.endsWith(' ') ? { ...run, text: run.text.slice(0, -1), width: run.width - 1 } : run;
}

/** A screen as plain text. */
export function textOf(screen) {
  return screen.map((runs) => runs.reduce((line, { text, column }) => line.padEnd(column) + text, '').trimEnd()).join('\n');
}
