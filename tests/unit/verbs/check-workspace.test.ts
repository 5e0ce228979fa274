import { describe, expect, it } from '@jest/globals';
import type { Bitbucket } from '../../../src/core/ports.ts';
import { Secret } from '../../../src/core/secret.ts';
import { refusal } from '../../../src/core/token-cause.ts';
import { checkWorkspace, type WorkspaceVisit } from '../../../src/verbs/check-workspace.ts';
import { target } from '../../support/token-world.ts';

const HIDDEN = refusal('hidden', 'No repository (404).');

/** A visit to acme with two repositories, to a Bitbucket that answers as said and hides everything else. */
function visit(answers: Partial<Bitbucket>, part: Partial<WorkspaceVisit> = {}): WorkspaceVisit {
  const bitbucket: Bitbucket = {
    identity: async () => ({ kind: 'good' }),
    workspaces: async () => refusal('not-understood', 'Odd.'),
    grants: async () => refusal('workspace-hidden', 'No workspace (404).'),
    repository: async () => HIDDEN,
    probe: async () => HIDDEN,
    spent: () => ({ rest: 0, git: 0 }),
    ...answers,
  };
  return {
    bitbucket,
    token: 'ci',
    pair: { username: 'ci@acme.example', secret: new Secret('ATAT') },
    workspace: 'acme',
    targets: [target('acme/shop'), target('acme/till')],
    membership: 'unknown',
    concurrency: 2,
    stop: new AbortController().signal,
    left: () => ({ rest: 100, git: 100 }),
    onProbe: () => undefined,
    ...part,
  };
}

describe('a workspace of which Bitbucket does not say whether the token reaches it', () => {
  it('is out of reach when neither REST nor git shows anything', async () => {
    expect(await checkWorkspace(visit({}))).toMatchObject({ refused: { cause: 'workspace-hidden' }, row: { verdict: 'refused', unreachable: 2 } });
  });

  it('is within reach when git shows a repository', async () => {
    const result = await checkWorkspace(visit({ probe: async (_token, _workspace, slug) => (slug === 'shop' ? { kind: 'good' } : HIDDEN) }));
    expect(result.row).toMatchObject({ verdict: 'partly', reachable: 1, unreachable: 1 });
    expect(result.refused).toBeUndefined();
  });
});

describe('a workspace that Bitbucket lists for the token', () => {
  it('is not out of reach because all its repositories are hidden: each is left out alone', async () => {
    const result = await checkWorkspace(visit({}, { membership: 'listed' }));
    expect(result.row).toMatchObject({ verdict: 'partly', unreachable: 2, probed: 0 });
    expect(result.refused ?? result.undecided).toBeUndefined();
  });

  it('leaves out a repository that REST shows and git refuses', async () => {
    const grants: Bitbucket['grants'] = async (_pair, _workspace, goOn) => {
      goOn(['Acme/Shop', 'acme/till']);
      return { kind: 'listed', entries: [] };
    };
    const result = await checkWorkspace(
      visit({ grants, probe: async (_token, _workspace, slug) => (slug === 'shop' ? { kind: 'good' } : HIDDEN) }, { membership: 'listed' }),
    );
    expect(result.standings.map(([{ slug }, { kind }]) => `${slug} ${kind}`)).toEqual(['shop reachable', 'till unreachable']);
  });
});

it('believes a whole list of workspaces that lacks this one, whatever the sweep failed with', async () => {
  const grants: Bitbucket['grants'] = async () => refusal('gone', 'Gone (410).');
  expect(await checkWorkspace(visit({ grants }, { membership: 'absent' }))).toMatchObject({ refused: { cause: 'workspace-hidden' }, row: { probed: 0 } });
});

it('starts nothing more once the run is stopped', async () => {
  const result = await checkWorkspace(visit({}, { stop: AbortSignal.abort(), membership: 'listed', targets: [target('acme/shop')] }));
  expect(result.row).toMatchObject({ undecided: 1, probed: 0 });
});
