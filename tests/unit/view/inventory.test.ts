import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Inventory } from '../../../src/core/inventory.ts';
import { inventoryText } from '../../../src/view/results.ts';
import { inventoryItem, PIPE } from '../../support/view-samples.ts';

function inventory(...items: Inventory['items']): Inventory {
  const server = { url: 'https://bamboo.example.com', version: '10.2.7', state: 'RUNNING' };
  return { format: 1, server, readAt: '2026-11-24T21:03:11.000Z', items, unread: [{ what: 'plan SEC-AUDIT', why: 'the account may not see it' }] };
}

describe('the inventory', () => {
  it('is a table with what could not be read under it', () => {
    const plan = inventoryItem({
      id: '7',
      level: 'plan',
      project: 'WEB',
      plan: 'WEB-APP',
      name: 'own',
      credential: { kind: 'shared', shared: { id: '9', name: 'team' } },
      usedBy: null,
    });
    expect(inventoryText(inventory(inventoryItem(), plan), 'table', PIPE)).toBe(
      [
        'https://bamboo.example.com (Bamboo 10.2.7, RUNNING)',
        '2 objects, 1 app password, 1 shared credential',
        '',
        'name      where         kind             repository     credential                used by       id',
        'app-core  linked        bitbucket-cloud  acme/app-core  buildbot (app password)   2 plans       101',
        'own       plan WEB-APP  bitbucket-cloud  acme/app-core  team (shared credential)  use not known  7',
        '',
        'Could not be read: 1',
        '      1  the account may not see it',
        '         plan SEC-AUDIT',
        '',
      ]
        .join('\n')
        .replaceAll('used by       id', 'used by        id')
        .replaceAll('2 plans       101', '2 plans        101'),
    );
  });

  it('is the same document again as JSON', () => {
    const found = inventory(inventoryItem({ name: 'a\u202eb' }));
    const text = [...inventoryText(found, 'json', PIPE)].join('');
    expect(JSON.parse(text)).toEqual(found);
    expect(text).not.toContain('\u202e');
  });

  it('escapes formulas and control characters as CSV', () => {
    const found = inventory(inventoryItem({ name: '=HYPERLINK("http://evil.example")', slug: 'a\u001bb', notes: ['one', 'two'] }));
    const [row, unread] = parse(String(inventoryText(found, 'csv', PIPE)), { columns: true }) as Record<string, string>[];
    expect(row).toMatchObject({
      id: '101',
      name: `'=HYPERLINK("http://evil.example")`,
      slug: 'a\\u001bb',
      credential: 'app-password',
      username: 'buildbot',
      plans: '2',
      notes: 'one; two',
      unread: '',
    });
    expect(unread).toMatchObject({ id: '', name: 'plan SEC-AUDIT', unread: 'the account may not see it' });
  });
});
