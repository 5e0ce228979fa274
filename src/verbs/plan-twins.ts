import type { Config } from '../core/config.ts';
import { endsEverything, toRekeyError } from '../core/errors.ts';
import { GIT_TOKEN_USERNAME } from '../core/model.ts';
import { fingerprint, type ObjectState, settingDigests } from '../core/object-state.ts';
import { placeOf } from '../core/place.ts';
import type { UnsealedPlan } from '../core/plan-codec.ts';
import type { Change, NotChanged } from '../core/plan-file.ts';
import type { Bamboo, Runtime } from '../core/ports.ts';
import { needsTokenSupport } from '../core/sides.ts';
import { twinOf } from '../core/twin-name.ts';
import { inParallel } from './in-parallel.ts';

type Fate = { readonly kind: 'change'; readonly change: Change } | { readonly kind: 'unchanged' | 'cannot'; readonly item: NotChanged };

const LOSES = 'the Git type has no webhooks, no pull requests and no status updates';

/** Puts Git-type twins in the place of what would need a Bamboo that takes API tokens for Bitbucket Cloud; the originals stay as they are. */
export async function planTwins(plan: UnsealedPlan, config: Config, bamboo: Bamboo, runtime: Runtime): Promise<UnsealedPlan> {
  const fates = new Map<Change, Fate>();
  await inParallel(plan.changes, config.apply.concurrency, runtime.stop, async (change) => {
    fates.set(change, await fateOf(change, config, bamboo, runtime));
  });
  const ordered = plan.changes.flatMap((change) => fates.get(change) ?? []);
  const of = (kind: 'unchanged' | 'cannot'): NotChanged[] => ordered.flatMap((fate) => (fate.kind === kind ? [fate.item] : []));
  const changes = ordered.flatMap((fate) => (fate.kind === 'change' ? [fate.change] : []));
  const unchanged = [...plan.unchanged, ...of('unchanged')];
  const cannot = [...plan.cannot, ...of('cannot')];
  return { ...plan, changes, unchanged, cannot, summary: { change: changes.length, unchanged: unchanged.length, cannot: cannot.length } };
}

async function fateOf(change: Change, config: Config, bamboo: Bamboo, runtime: Runtime): Promise<Fate> {
  const stays = (kind: 'unchanged' | 'cannot', why: string): Fate => ({ kind, item: { ...placeOf(change), why } });
  if (!needsTokenSupport(change)) return { kind: 'change', change };
  if (change.kind === 'credentials')
    return stays('unchanged', 'with --as-git a shared credential that serves Bitbucket Cloud stays as it is: twins of the repositories on it do without it');
  if (change.level !== 'global' && change.level !== 'project')
    return stays('cannot', 'twins are made of linked and project repositories only; change it by hand in its plan');
  if (config.bamboo.home === undefined) return stays('cannot', 'a twin is made by import from the exported document: configure bamboo.home');
  try {
    const opened = await bamboo.route('import').open(twinOf(placeOf(change)), runtime.stop);
    return opened.kind === 'object'
      ? await twinFate(change, opened.object.state, bamboo, runtime)
      : stays('cannot', 'its exported document is of another type');
  } catch (thrown) {
    const { code, message } = toRekeyError(thrown);
    if (endsEverything(thrown) || code === 'INTERNAL' || code === 'INTERRUPTED') throw thrown;
    return stays('cannot', message);
  }
}

async function twinFate(original: Change, state: ObjectState, bamboo: Bamboo, runtime: Runtime): Promise<Fate> {
  const place = placeOf(twinOf(placeOf(original)));
  if (state.writable.kind === 'no') return { kind: 'cannot', item: { ...place, why: state.writable.why } };
  if (state.credential.kind !== 'none')
    return { kind: 'unchanged', item: { ...place, why: 'a repository of that name is there already; no second twin is made' } };
  const plans = await bamboo.plansUsing(placeOf(original), runtime.stop);
  const { kind, workspace, slug, after, usedBy: _usedBy, ...rest } = original;
  return {
    kind: 'change',
    change: {
      ...rest,
      ...place,
      kind: 'git',
      workspace,
      slug,
      route: 'import',
      before: null,
      after: { username: GIT_TOKEN_USERNAME, credential: 'api-token', ...(after.token === undefined ? {} : { token: after.token }) },
      fingerprint: fingerprint(state),
      settings: settingDigests(state.settings),
      usedBy: { plans: 0, environments: 0, projects: [], inaccessiblePlans: 0, inaccessibleEnvironments: 0 },
      rollback: 'exact',
      warnings: [
        LOSES,
        ...state.notes,
        plans.length === 0 ? 'no plan that this account may see uses the original' : `point these plans at the twin by hand: ${plans.join(', ')}`,
      ],
    },
  };
}
