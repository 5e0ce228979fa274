import type { Place } from '../../core/model.ts';
import type { Pair, TestAnswer } from '../../core/ports.ts';
import type { DocumentSource } from './document-source.ts';
import type { RemovalParts } from './remove-repository.ts';

/** What the import route works with. */
export interface ImportRouteParts extends RemovalParts {
  readonly documents: DocumentSource;
  /** Where Bitbucket Cloud serves git. */
  readonly gitBase: string;
  /** Bamboo's connection test of the repository at a place. */
  readonly testAt: (place: Place, pair: Pair | 'stored') => Promise<TestAnswer>;
}
