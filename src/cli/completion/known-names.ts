import type { Runtime } from '../../core/ports.ts';
import { LATEST } from '../../core/run-id.ts';

/** Names that documents of the product use for the files beside the configuration. */
const PLAN = 'plan.json';
const INVENTORY = 'inventory.json';

/** Where a thing is, as plans and inventories tell it. */
interface Owned {
  readonly project?: string | undefined;
  readonly workspace?: string | undefined;
}

/** Ids of past runs, newest first. */
export async function knownRuns(runtime: Runtime): Promise<string[]> {
  return (await (await runtime.store()).list()).reverse();
}

/** Keys of projects from the newest run, and from a plan and an inventory that are kept under their usual names. */
export async function knownProjects(runtime: Runtime): Promise<string[]> {
  return distinct((await knownPlaces(runtime)).map(({ project }) => project));
}

/** Workspaces, from the same. */
export async function knownWorkspaces(runtime: Runtime): Promise<string[]> {
  return distinct((await knownPlaces(runtime)).map(({ workspace }) => workspace));
}

/** What cannot be read tells nothing. */
async function knownPlaces(runtime: Runtime): Promise<Owned[]> {
  const sources = [newestRun(runtime), fromPlan(runtime), fromInventory(runtime)];
  return (await Promise.allSettled(sources)).flatMap((source) => (source.status === 'fulfilled' ? source.value : []));
}

async function newestRun(runtime: Runtime): Promise<readonly Owned[]> {
  const { plan } = await (await runtime.store()).read(LATEST);
  return [...plan.changes, ...plan.unchanged, ...plan.cannot];
}

async function fromPlan({ documents }: Runtime): Promise<readonly Owned[]> {
  const { decodePlan } = await import('../../core/plan-codec.ts');
  const plan = decodePlan(await documents.read(PLAN), PLAN);
  return [...plan.changes, ...plan.unchanged, ...plan.cannot];
}

async function fromInventory({ documents }: Runtime): Promise<readonly Owned[]> {
  const { Inventory } = await import('../../core/inventory.ts');
  return Inventory.parse(JSON.parse(await documents.read(INVENTORY))).items;
}

function distinct(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}
