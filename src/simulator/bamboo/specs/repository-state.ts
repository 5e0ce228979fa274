import type { BambooContext } from '../context.ts';
import type { Owner, Repository } from '../model.ts';
import type { RepositoryKind } from '../repository-types.ts';
import type { SpecMap } from './spec-value.ts';

/** Where an import would put a repository, and what it may look things up in. */
export interface ReadingPlace {
  readonly context: BambooContext;
  readonly owner: Owner;
}

/** What a document says about a repository's settings, and its secrets in clear. */
export interface ReadState {
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** The two directions between a repository and the part of its document that belongs to its type. */
export interface RepositoryCodec {
  readonly className: string;
  /** The kinds that such a document may stand for. */
  readonly kinds: readonly RepositoryKind[];
  readonly kindOf: (entity: SpecMap) => RepositoryKind | null;
  /** Refuses what Bamboo would; `entity` has only the keys of the type. */
  readonly read: (place: ReadingPlace, entity: SpecMap) => ReadState;
  readonly write: (context: BambooContext, repository: Repository) => SpecMap;
}
