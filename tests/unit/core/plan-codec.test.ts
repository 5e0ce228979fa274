import { describe, expect, it } from '@jest/globals';
import { decodePlan, sealPlan } from '../../../src/core/plan-codec.ts';
import { planText, sampleChange, samplePlan, unsealedPlan } from '../../support/sample-plan.ts';

const text = planText(samplePlan());

function edited(search: string, replacement: string): string {
  expect(text).toContain(search);
  return text.replace(search, replacement);
}

function refusal(document: string): string {
  try {
    decodePlan(document, 'plan.json');
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'PLAN_INVALID', exit: 2 });
    return (thrown as Error).message;
  }
  return 'taken';
}

describe('plan codec', () => {
  it('reads back what it wrote', () => {
    expect(decodePlan(text, 'plan.json')).toEqual(samplePlan());
  });

  it('gives equal bytes for equal plans, in whatever order their keys were set', () => {
    const plan = samplePlan();
    expect(planText(Object.fromEntries(Object.entries(plan).reverse()) as typeof plan)).toBe(text);
  });

  it('gives the same digest at another time, and another one for any other content', () => {
    const plan = unsealedPlan();
    const { digest } = sealPlan(plan);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(sealPlan({ ...plan, createdAt: '2027-01-01T00:00:00Z' }).digest).toBe(digest);
    expect(sealPlan({ ...plan, purpose: 'rollback' }).digest).not.toBe(digest);
    expect(sealPlan({ ...plan, changes: [...plan.changes].reverse() }).digest).not.toBe(digest);
  });

  it('takes a plan with another layout, and with the byte order mark of an editor', () => {
    expect(decodePlan(`\uFEFF${JSON.stringify(JSON.parse(text))}`, 'plan.json')).toEqual(samplePlan());
  });

  it('keeps ids above 2^53 and any unicode, lone surrogates too', () => {
    const plan = samplePlan([sampleChange(1, { id: '90071992547409931234', name: 'a\ud800b \u2028 🎋' })]);
    expect(decodePlan(planText(plan), 'plan.json')).toEqual(plan);
  });

  it('does not seal what it could not read back', () => {
    expect(() => sealPlan({ ...unsealedPlan(), summary: { change: 9, unchanged: 1, cannot: 0 } })).toThrow('counts 9 under change, and it lists 2');
    expect(() => samplePlan([sampleChange(1), sampleChange(1)])).toThrow('changes the same object twice: repository:101');
  });
});

describe('plan codec, bad input', () => {
  it.each([
    ['nothing', '', 'plan.json is not a whole JSON document'],
    ['a truncated plan', text.slice(0, text.length / 2), 'truncated'],
    ['something else', 'createdAt: yaml', 'no plan at all'],
    ['JSON with a fault', edited('"format": 1,', '"format": 1;'), 'plan.json is not valid JSON.'],
    ['another document', '{"items": []}', 'plan.json is not a plan: '],
    ['a list', '[]', 'plan.json is not a plan: at the top: expected object, received array'],
    ['a later format', edited('"format": 1', '"format": 2'), 'format 2, and this version of bamboo-rekey reads format 1'],
    ['an edited user name', edited('"buildbot"', '"somebody"'), 'plan.json was edited after it was made'],
    ['another digest', text.replace(/sha256:[0-9a-f]{64}/, `sha256:${'0'.repeat(64)}`), 'plan.json was edited'],
    ['the same key twice', edited('"tool":', '"tool": "x", "tool":'), 'the same key twice'],
    ['a wrong type', edited('"plans": 3', '"plans": "3"'), 'changes.0.usedBy.plans: expected number, received string'],
    ['a wrong word', edited('"route": "form"', '"route": "mail"'), 'changes.0.route: expected one of "form"|"import"|"shared-credential"'],
    ['an unknown key', edited('"tool":', '"tol": 1, "tool":'), 'at the top: unknown key tol'],
  ])('tells of %s', (_what, document, told) => {
    expect(refusal(document)).toContain(told);
  });

  it('tells the first few of many problems, and how many more there are', () => {
    expect(refusal(text.replaceAll('"level":', '"lvl":'))).toMatch(/lvl.*and 1 more\.$/);
  });

  it.each([
    ['as a value', edited('"route": "form"', '"route": "ATATT3xFfGF0secretsecret"')],
    ['as a key', edited('"tool":', '"ATATT3xFfGF0secretsecretsecret": 1, "tool":')],
    ['as a key inside settings', edited('"repository.branch": "0a1b2c3d"', '"ATATT3xFfGF0secret=0123456789": 1')],
    ['under a key twice', edited('"tool":', '"tool": "ATATT3xFfGF0secret", "tool":')],
    ['where JSON breaks', edited('"tool":', 'ATATT3xFfGF0secret "tool":')],
  ])('never repeats a secret that was pasted in %s', (_where, document) => {
    const message = refusal(document);
    expect(message).not.toBe('taken');
    expect(message).not.toContain('ATATT');
  });
});
