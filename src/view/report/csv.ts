import { stringify } from 'csv-stringify/sync';
import type { Report, ReportItem } from '../../core/report/report.ts';
import { safeText } from '../safe-text.ts';
import { outcomeWords } from './words.ts';

const COLUMNS = [
  'outcome',
  'object',
  'id',
  'level',
  'project',
  'plan',
  'name',
  'workspace',
  'slug',
  'route',
  'before',
  'beforeCredential',
  'after',
  'afterCredential',
  'token',
  'plans',
  'environments',
  'rollback',
  'milliseconds',
  'why',
  'warnings',
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string | number | undefined>>;

/** Every item, and everything left alone, for a spreadsheet; what would be a formula there is text. */
export function reportCsv(report: Report): string {
  const left = report.leftAlone.map(
    ({ list, object, id, level, project, plan, name, why }): Row => ({ outcome: list, object, id, level, project, plan, name, why }),
  );
  const rows = [...report.items.map((item) => itemRow(item, report)), ...left].map(safeRow);
  return stringify(rows, { header: true, columns: [...COLUMNS], escape_formulas: true, record_delimiter: 'unix' });
}

function itemRow(item: ReportItem, report: Report): Row {
  const { object, id, level, project, plan, name, workspace, slug, route, before, after, usedBy, rollback, ms, why } = item;
  const place = { object, id, level, project, plan, name, workspace, slug, route };
  const credentials = {
    before: before?.username,
    beforeCredential: before?.credential,
    after: after.username,
    afterCredential: after.credential,
    token: after.token,
  };
  const outcome = outcomeWords(item, report);
  return {
    ...place,
    ...credentials,
    outcome,
    plans: usedBy?.plans,
    environments: usedBy?.environments,
    rollback,
    milliseconds: ms,
    why,
    warnings: item.warnings.join('; '),
  };
}

function safeRow(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, typeof value === 'string' ? safeText(value) : value]));
}
