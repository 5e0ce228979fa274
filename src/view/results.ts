import type { Inventory } from '../core/inventory.ts';
import type { Diagnosis } from '../core/log-diagnosis/diagnosis.ts';
import { diagnosisView } from './diagnosis-view.ts';
import { doctorView } from './doctor-view.ts';
import { documentJson, documentPieces } from './event-json.ts';
import { expiryText } from './expiry-view.ts';
import { inventoryCsv } from './inventory-csv.ts';
import { inventoryView } from './inventory-view.ts';
import { planView } from './plan-view.ts';
import { reportText } from './report/report-text.ts';
import { runView } from './run-view.ts';
import { runsView, showView } from './runs-view.ts';
import type { Screen } from './screen.ts';

/** A file has no width and no colours. */
const FILE: Screen = { width: Number.POSITIVE_INFINITY, colors: false };

/** The inventory in one of its three formats, for a screen or a file; JSON comes in pieces. */
export function inventoryText(inventory: Inventory, format: 'table' | 'json' | 'csv', screen: Screen = FILE): string | Iterable<string> {
  if (format === 'json') return documentPieces(inventory);
  return format === 'csv' ? inventoryCsv(inventory) : inventoryView(inventory, screen);
}

/** The diagnosis in one of its two formats, for a screen or a file. */
export function diagnosisText(diagnosis: Diagnosis, format: 'table' | 'json', screen: Screen = FILE): string {
  return format === 'json' ? documentJson(diagnosis) : diagnosisView(diagnosis, screen);
}

export { doctorView, documentJson, expiryText, planView, reportText, runsView, runView, showView };
