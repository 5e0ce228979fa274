import { assertNever } from '../../core/assert-never.ts';
import type { Report } from '../../core/report/report.ts';
import { documentJson } from '../event-json.ts';
import { reportCsv } from './csv.ts';
import { reportHtml } from './html.ts';
import { reportJunit } from './junit.ts';
import { reportMarkdown } from './markdown.ts';

/** The report in one of its formats. */
export function reportText(report: Report, format: 'html' | 'csv' | 'junit' | 'md' | 'json'): string {
  switch (format) {
    case 'html':
      return reportHtml(report);
    case 'csv':
      return reportCsv(report);
    case 'junit':
      return reportJunit(report);
    case 'md':
      return reportMarkdown(report);
    case 'json':
      return documentJson(report);
    default:
      return assertNever(format);
  }
}
