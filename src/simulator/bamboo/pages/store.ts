import { faultOf } from '../faults/meet-faults.ts';
import type { PostedState } from '../forms/apply-posted.ts';
import { type BambooModel, NAME_SETTING, type Repository, type SharedCredential, siblingsOf } from '../model.ts';
import type { PageScene } from './layout.ts';

/** What a save needs to know of the request under way. */
export type StoringScene = Pick<PageScene, 'context' | 'response'>;

/** Stores the new state, or what a fault makes of it, and gives the repository that the answer will name. */
export function storeRepository(scene: StoringScene, repository: Repository, state: PostedState): Repository {
  if (faultOf(scene.response)?.kind === 'save-creates-second') return addSecond(scene.context.model, repository, state);
  storeInto(scene, repository, state);
  return repository;
}

/** Stores the new state of anything that has settings and secrets, or what a fault makes of it. */
export function storeInto(scene: StoringScene, target: Repository | SharedCredential, state: PostedState): void {
  const fault = faultOf(scene.response);
  if (fault?.kind === 'save-ignored') return;
  const isLossy = fault?.kind === 'save-resets-setting' && fault.setting !== undefined;
  target.settings = isLossy ? { ...state.settings, [fault.setting ?? '']: '' } : state.settings;
  target.secrets = state.secrets;
}

function addSecond(model: BambooModel, original: Repository, state: PostedState): Repository {
  const id = String(model.nextId);
  model.nextId += 1n;
  const settings = { ...state.settings, [NAME_SETTING]: `${state.settings[NAME_SETTING]} (2)` };
  const second: Repository = { ...original, id, oid: `${original.oid}2`, settings, secrets: state.secrets, usedByPlans: [], environments: [] };
  model.repositories.set(id, second);
  (siblingsOf(model, original.owner) as string[]).push(id);
  return second;
}
