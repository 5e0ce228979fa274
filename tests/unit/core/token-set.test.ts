import { describe, expect, it } from '@jest/globals';
import { GIT_TOKEN_USERNAME } from '../../../src/core/model.ts';
import { Secret } from '../../../src/core/secret.ts';
import { selectionWithout, tokenError } from '../../../src/core/token-error.ts';
import { changedEmails, type FoundToken, judgeTokens, sortFindings, type TokenFinding } from '../../../src/core/token-set.ts';
import { change, config, TODAY } from '../../support/core-samples.ts';

const good = (fill: string): string => `ATAT${fill.repeat(188)}`;

function found(part: Partial<FoundToken> = {}): FoundToken {
  return { name: 'ci', email: 'ci@acme.example', expires: '2027-06-01', secret: { kind: 'found', value: new Secret(good('x')), trimmed: false }, ...part };
}

const brief = (findings: readonly TokenFinding[]): string[] => findings.map(({ token, severity, code, message }) => `${token} ${severity} ${code}: ${message}`);

describe('judgeTokens', () => {
  it('has nothing to say about tokens that are in order', () => {
    expect(judgeTokens([found(), found({ name: 'web', secret: { kind: 'found', value: new Secret(good('y')), trimmed: false } })], TODAY)).toEqual([]);
  });

  it('tells of blanks that were left out, and refuses nothing for them', () => {
    const secret = { kind: 'found', value: new Secret(good('x')), trimmed: true } as const;
    expect(brief(judgeTokens([found({ secret })], TODAY))).toEqual([
      expect.stringMatching(/^ci warning TOKEN_REFUSED: There are blanks or a line end around the token/),
    ]);
  });

  it('lists everything that is wrong with all of them at once', () => {
    const tokens = [
      found({ expires: '2026-01-01' }),
      found({ name: 'web', email: 'web', expires: '2029-01-01', secret: { kind: 'unreadable', why: 'tokens.web.token gives no secret: it is not set.' } }),
      found({ name: 'old', secret: { kind: 'found', value: new Secret('ATBBxyz'), trimmed: false } }),
    ];
    expect(brief(judgeTokens(tokens, TODAY))).toEqual([
      expect.stringMatching(/^ci failed TOKEN_REFUSED: The token ran out on 2026-01-01/),
      'web failed SECRET_UNREADABLE: tokens.web.token gives no secret: it is not set.',
      expect.stringMatching(/^web failed TOKEN_REFUSED: The email is not/),
      expect.stringMatching(/^web failed TOKEN_REFUSED: The stated day 2029-01-01 is more than a year away/),
      expect.stringMatching(/^old failed TOKEN_REFUSED: This is an app password/),
    ]);
  });

  it('refuses a second name for the same secret, and repeats nothing of it', () => {
    const [finding, ...others] = judgeTokens([found(), found({ name: 'new' })], TODAY);
    expect([finding?.token, finding?.severity, others]).toEqual(['new', 'failed', []]);
    expect(finding?.message).toMatch(/same secret as token "ci"/);
    expect(finding?.message).not.toContain('xxx');
  });
});

describe('judgeTokens of a secret that nobody was asked for', () => {
  it('judges what is stated, and says nothing of the secret', () => {
    const asked = [found({ secret: { kind: 'not-asked' } }), found({ name: 'web', expires: '2026-01-01', secret: { kind: 'not-asked' } })];
    expect(brief(judgeTokens(asked, TODAY))).toEqual([expect.stringMatching(/^web failed TOKEN_REFUSED: The token ran out on 2026-01-01/)]);
  });
});

describe('sortFindings', () => {
  const two = [found(), found({ name: 'new' }), found({ name: 'old', expires: '2026-01-01', secret: { kind: 'not-asked' } })];
  const fatalFor = (...needed: string[]): string[] => sortFindings(judgeTokens(two, TODAY), new Set(needed)).fatal.map(({ token }) => token);

  it.each([
    ['nothing is needed', [], []],
    ['the first of two with one secret is needed', ['ci'], ['new']],
    ['the second of them is needed', ['new'], ['new']],
    ['a token that ran out is needed', ['old'], ['old']],
  ])('ends a run where %s', (_, needed, fatal) => {
    expect(fatalFor(...needed)).toEqual(fatal);
  });

  it('loses nothing', () => {
    const { fatal, worthSaying } = sortFindings(judgeTokens(two, TODAY), new Set(['ci']));
    expect([fatal.length, worthSaying.map(({ token }) => token)]).toEqual([1, ['old']]);
  });
});

describe('changedEmails', () => {
  it('tells each token once whose email is no longer the one of the plan', () => {
    const moved = change({ after: { username: 'old@acme.example', credential: 'api-token', token: 'ci' } });
    expect(brief(changedEmails([moved, { ...moved, id: '8' }, change()], config()))).toEqual([
      'ci failed PLAN_EMAIL_CHANGED: The plan writes old@acme.example for it (at "web"); the configuration now gives it the email ci@acme.example.',
    ]);
  });

  it('tells of a token that is gone, for git as well', () => {
    const git = change({ kind: 'git', after: { username: GIT_TOKEN_USERNAME, credential: 'api-token', token: 'gone' } });
    expect(brief(changedEmails([git], config()))).toEqual([expect.stringMatching(/^gone failed PLAN_EMAIL_CHANGED: .*now has no such token\.$/)]);
  });

  it('does not take the static user name of git for an email that changed', () => {
    expect(changedEmails([change({ kind: 'git', after: { username: GIT_TOKEN_USERNAME, credential: 'api-token', token: 'ci' } })], config())).toEqual([]);
  });
});

describe('tokenError', () => {
  it('leaves out with the selection both tokens of one secret', () => {
    const needing = (token: string, workspace: string) => change({ workspace, after: { username: 'ci@acme.example', credential: 'api-token', token } });
    const twins: TokenFinding = { token: 'new', twin: 'ci', severity: 'failed', code: 'TOKEN_REFUSED', message: 'Same secret.' };
    const { remedy } = tokenError([twins], [needing('ci', 'acme'), needing('new', 'beta'), needing('web', 'gamma')]);
    expect(remedy).toMatch(/Or leave out what needs it: --workspace gamma$/);
  });

  const finding = (code: TokenFinding['code'], token = 'ci'): TokenFinding => ({ token, severity: 'failed', code, message: `${code} it is.` });

  it.each([
    [['TOKEN_REFUSED'], 'TOKEN_REFUSED', 4],
    [['TOKEN_REFUSED', 'SECRET_UNREADABLE'], 'SECRET_UNREADABLE', 2],
    [['SECRET_UNREADABLE', 'PLAN_EMAIL_CHANGED', 'TOKEN_REFUSED'], 'PLAN_EMAIL_CHANGED', 2],
  ] as const)('ends %j with %s', (codes, code, exit) => {
    expect(
      tokenError(
        codes.map((each) => finding(each)),
        [change()],
      ),
    ).toMatchObject({ code, exit });
  });

  it('lists every problem on a line of its own, each once', () => {
    const { message } = tokenError([finding('TOKEN_REFUSED'), finding('TOKEN_REFUSED', 'web'), finding('TOKEN_REFUSED')], [change()]);
    expect(message).toBe('2 problems with the tokens; nothing was written:\n  Token "ci": TOKEN_REFUSED it is.\n  Token "web": TOKEN_REFUSED it is.');
  });

  it('says what to do about each kind of problem', () => {
    const { remedy } = tokenError([finding('TOKEN_REFUSED'), finding('SECRET_UNREADABLE', 'web')], [change()]);
    expect(remedy).toMatch(/exactly one line.*Correct the token under tokens/);
  });
});

describe('selectionWithout', () => {
  const of = (token: string, part: Parameters<typeof change>[0]) => change({ ...part, after: { username: 'x', credential: 'api-token', token } });

  it.each([
    ['by workspace', [of('bad', { workspace: 'acme' }), of('good', { workspace: 'globex' }), of('good', { workspace: 'acme' })], '--workspace globex'],
    ['by project', [of('bad', { project: 'A' }), of('good', { project: 'B' })], '--project B'],
    ['by level', [of('bad', {}), of('good', { level: 'plan' })], '--level plan'],
    ['by kind', [of('bad', {}), of('good', { kind: 'git' })], '--kind git'],
    ['by repository', [of('bad', {}), of('good', { slug: 'till' }), of('good', { slug: 'shop' })], '--repository acme/shop --repository acme/till'],
  ])('leaves out what needs the token %s', (_how, changes, flags) => {
    expect(selectionWithout(changes, new Set(['bad']))).toBe(`Or leave out what needs it: ${flags}`);
  });

  it('says where there is no such selection', () => {
    expect(selectionWithout([of('bad', {})], new Set(['bad']))).toBe('Everything in the plan that is selected needs it.');
    expect(selectionWithout([of('bad', {}), of('good', {})], new Set(['bad']))).toBe('No selection leaves out what needs it.');
  });
});
