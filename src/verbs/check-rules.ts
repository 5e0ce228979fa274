import type { Check } from '../core/check.ts';
import type { Config } from '../core/config.ts';
import type { Reading } from '../core/reading.ts';
import { assignedTargets } from './assigned-tokens.ts';

/** Tells where the rules give no token to anything; `suggestions` are the lines that the plan would add for what it found without a rule. */
export function checkRules(config: Config, readings: readonly Reading[], suggestions: readonly string[]): Check[] {
  const [suggestion = '- { workspace: WORKSPACE, token: TOKEN }'] = suggestions;
  const remedy = `Add a line under assign, such as: ${suggestion}`;
  const warning = (detail: string): Check[] => [{ check: 'assign', status: 'warning', detail: `${detail}: nothing would be changed`, remedy }];
  if (config.assign.length === 0) return warning('no rule under assign');
  if (suggestions.length > 0 && assignedTargets(readings, config).size === 0) return warning('no rule under assign matches anything that was read');
  return [];
}
