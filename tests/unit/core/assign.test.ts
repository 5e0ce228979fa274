import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { assignToken, suggestAssignment } from '../../../src/core/assign.ts';
import type { Assignment } from '../../../src/core/config.ts';
import type { InventoryItem } from '../../../src/core/inventory.ts';
import { item } from '../../support/core-samples.ts';

const PLAN_ITEM = item({ level: 'plan', project: 'WEB', plan: 'WEB-MAIN', name: 'api (v2)', slug: 'api' });
const SHARED = item({ object: 'shared-credential', kind: 'credentials', name: 'bitbucket ci' });
const USER_OF_SHARED = item({ credential: { kind: 'shared', shared: { id: '3', name: 'bitbucket ci' } } });

const RULES: ReadonlyArray<readonly [rule: Omit<Assignment, 'token'>, object: InventoryItem, matches: boolean]> = [
  [{}, PLAN_ITEM, true],
  [{ project: 'WEB' }, PLAN_ITEM, true],
  [{ project: 'W*' }, PLAN_ITEM, true],
  [{ project: 'WEB' }, item(), false],
  [{ project: '*' }, item(), false],
  [{ plan: 'WEB-*' }, PLAN_ITEM, true],
  [{ plan: 'MAIN' }, PLAN_ITEM, false],
  [{ level: 'plan' }, PLAN_ITEM, true],
  [{ level: 'global' }, PLAN_ITEM, false],
  [{ workspace: 'ACME' }, PLAN_ITEM, true],
  [{ workspace: 'acme-*' }, PLAN_ITEM, false],
  [{ repository: 'api (v2)' }, PLAN_ITEM, true],
  [{ repository: 'acme/a*' }, PLAN_ITEM, true],
  [{ repository: 'web' }, PLAN_ITEM, false],
  [{ repository: 'bitbucket*' }, SHARED, false],
  [{ username: 'build*' }, PLAN_ITEM, true],
  [{ username: '*@*' }, PLAN_ITEM, false],
  [{ sharedCredential: 'bitbucket*' }, SHARED, true],
  [{ sharedCredential: 'bitbucket ci' }, USER_OF_SHARED, true],
  [{ sharedCredential: '*' }, PLAN_ITEM, false],
  [{ project: 'WEB', username: 'buildbot' }, PLAN_ITEM, true],
  [{ project: 'WEB', username: 'other' }, PLAN_ITEM, false],
];

describe('assigning a token', () => {
  it.each(RULES)('a rule %j', (rule, object, matches) => {
    expect(assignToken([{ ...rule, token: 'ci' }], object) !== undefined).toBe(matches);
  });

  it('takes the first rule that matches', () => {
    const rules = [{ project: 'API', token: 'api' }, { project: 'WEB', token: 'web' }, { token: 'ci' }];
    expect(assignToken(rules, PLAN_ITEM)?.token).toBe('web');
    expect(assignToken(rules, item())?.token).toBe('ci');
  });

  it('guesses nothing', () => {
    expect(assignToken([], item())).toBeUndefined();
  });
});

function withoutWorkspace(part: Partial<InventoryItem>): InventoryItem {
  const { workspace: _workspace, ...rest } = item(part);
  return rest;
}

describe('the line to add for an unmatched object', () => {
  it.each([
    [item(), '- { workspace: acme, token: TOKEN }'],
    [item({ workspace: '123' }), '- { workspace: "123", token: TOKEN }'],
    [SHARED, '- { sharedCredential: bitbucket ci, token: TOKEN }'],
    [item({ ...SHARED, level: 'project', project: 'WEB' }), '- { sharedCredential: bitbucket ci, project: WEB, token: TOKEN }'],
    [withoutWorkspace({ level: 'project', project: 'WEB' }), '- { project: WEB, token: TOKEN }'],
    [withoutWorkspace({ name: 'a: {b}' }), '- { repository: "a: {b}", token: TOKEN }'],
  ])('is %#', (object, line) => {
    expect(suggestAssignment(object)).toBe(line);
  });

  it.each(['web', 'a: b, c', '"quoted"', "it's", '# no comment', 'größe\n日本', '*', 'x'.repeat(200)])('is YAML that assigns the object named %j', (name) => {
    const object = withoutWorkspace({ name });
    expect(assignToken(parse(suggestAssignment(object)) as Assignment[], object)?.token).toBe('TOKEN');
  });
});
