import type { Check } from '../core/check.ts';
import type { DoctorReport } from '../core/doctor-report.ts';
import { accessText } from './access-view.ts';
import { createPaint, type Paint } from './paint.ts';
import { safeText } from './safe-text.ts';
import type { Screen } from './screen.ts';
import { table } from './table.ts';
import { matrixText } from './token-matrix-view.ts';

/** Preflight as people read it: checks, what works with what they have, and the next command. */
export function doctorView(report: DoctorReport, screen: Screen): string {
  const paint = createPaint(screen);
  const sections = [
    `${paint.bold('Checks')}\n${table(
      report.checks.flatMap((check) => checkRows(check, paint)),
      screen,
    )}`,
    ...(report.matrix === undefined || report.matrix.length === 0 ? [] : [matrixText(report.matrix, report.calls ?? [], screen)]),
    `${paint.bold(safeText(`What works with what you have (${report.have})`))}\n${accessText(report, screen, paint)}`,
    ...(report.more.length === 0 ? [] : [[paint.bold('One more thing would open'), ...report.more.map((line) => `  ${safeText(line)}`)].join('\n')]),
    `${paint.bold('Next:')} ${safeText(report.next)}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

function checkRows({ check, status, detail, remedy }: Check, paint: Paint): string[][] {
  const rows = [[statusWord(status, paint), safeText(check), safeText(detail)]];
  if (remedy !== undefined) rows.push(['', '', paint.dim(safeText(remedy))]);
  return rows;
}

/** The status of a check as one word, coloured by how bad it is. */
function statusWord(status: Check['status'], paint: Paint): string {
  const colours: Record<Check['status'], (text: string) => string> = { ok: paint.green, warning: paint.yellow, failed: paint.red, unknown: paint.yellow };
  return colours[status](status === 'failed' ? 'FAILED' : status);
}
