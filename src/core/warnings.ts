import type { Config } from './config.ts';
import type { InventoryItem } from './inventory.ts';
import { compareLocation } from './location.ts';
import type { Usage } from './model.ts';
import type { Reading } from './reading.ts';

/** What a person should know before this object is changed. */
export function planWarnings({ item, location }: Reading, config: Config): string[] {
  return [...usageWarnings(item.usedBy), ...specsWarnings(item), ...locationWarnings(item, location, config)];
}

function usageWarnings(usage: Usage | null): string[] {
  if (usage === null) return ['what uses it could not be read'];
  const hidden = [countOf(usage.inaccessiblePlans, 'plan'), countOf(usage.inaccessibleEnvironments, 'environment')].filter((text) => text !== '');
  return hidden.length === 0 ? [] : [`also used by ${hidden.join(' and ')} that this account may not see`];
}

function specsWarnings({ level, specsBound }: InventoryItem): string[] {
  if (level !== 'plan' || specsBound !== null) return [];
  return ['not known whether its plan is bound to Repository Stored Specs: if it is, the next Specs run undoes the change'];
}

function locationWarnings({ workspace, slug }: InventoryItem, location: string | undefined, config: Config): string[] {
  if (location === undefined || workspace === undefined || slug === undefined) return [];
  if (compareLocation(location, workspace, slug, config.bitbucket.git) !== 'not-comparable') return [];
  return [`the address in the list could not be compared with ${workspace}/${slug}`];
}

function countOf(number: number, noun: string): string {
  if (number === 0) return '';
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}
