import type { MatrixRow, TokenCalls } from '../core/token-matrix.ts';
import { createPaint, type Paint } from './paint.ts';
import { countOf, figure } from './phrases.ts';
import { safeText } from './safe-text.ts';
import type { Screen } from './screen.ts';
import { table } from './table.ts';

const HEADINGS = ['token', 'workspace', 'verdict', 'reaches', 'of', 'public', 'not', 'untold', 'by git'];

/** What each token can do in each workspace, with counts. */
export function matrixText(rows: readonly MatrixRow[], calls: readonly TokenCalls[], screen: Screen): string {
  const paint = createPaint(screen);
  const lines = table([HEADINGS.map(paint.dim), ...rows.map((row) => cells(row, paint))], screen);
  const asked = calls.map(({ token, rest, git }) => `  ${safeText(token)}: ${countOf(rest, 'API call')} and ${countOf(git, 'git probe')} within this hour`);
  return [paint.bold('Tokens and workspaces'), lines, ...asked].join('\n');
}

function cells(row: MatrixRow, paint: Paint): string[] {
  const counts = [row.reachable, row.repositories, row.public, row.unreachable, row.undecided, row.probed].map(figure);
  return [safeText(row.token), safeText(row.workspace), verdictWord(row.verdict, paint), ...counts];
}

function verdictWord(verdict: MatrixRow['verdict'], paint: Paint): string {
  const colours: Record<MatrixRow['verdict'], (text: string) => string> = {
    ok: paint.green,
    partly: paint.yellow,
    undecided: paint.yellow,
    refused: paint.red,
  };
  return colours[verdict](verdict === 'refused' ? 'REFUSED' : verdict);
}
