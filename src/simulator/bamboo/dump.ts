import type { BambooModel, Owner, Repository } from './model.ts';
import { nameOf } from './model.ts';

/** One repository as the server holds it, secrets in clear: for asserting what is stored. */
export interface RepositoryDump {
  readonly id: string;
  readonly oid: string;
  readonly level: Owner['kind'];
  readonly owner: Owner;
  readonly type: Repository['kind'];
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Copies of all repositories, in the order of their making. */
export function dumpRepositories(model: BambooModel): RepositoryDump[] {
  return [...model.repositories.values()].map((repository) => ({
    id: repository.id,
    oid: repository.oid,
    level: repository.owner.kind,
    owner: repository.owner,
    type: repository.kind,
    name: nameOf(repository),
    settings: { ...repository.settings },
    secrets: { ...repository.secrets },
  }));
}
