import type { Credential } from '../core/model.ts';
import type { DefinitionReader } from './definition.ts';
import type { Kept } from './slot.ts';

/** What one definition of a repository says. The name of a shared credential stands in another table: it is empty here. */
export type Contents =
  | {
      readonly kind: 'repository';
      readonly workspace?: string;
      readonly slug?: string;
      readonly credential: Credential;
      readonly checkout?: Credential;
      /** Whether the definition holds a credential of its own, which is what makes a branch's override worth telling. */
      readonly holdsOwn: boolean;
      readonly notes: string[];
    }
  /** A repository on another host: no concern of ours, but it may use a shared credential. */
  | { readonly kind: 'elsewhere'; readonly credential: Credential }
  | { readonly kind: 'unreadable'; readonly why: string };

/** What reading one definition after the other takes. */
export interface ContentsTools {
  readonly reader: DefinitionReader;
  /** Address of Bitbucket Cloud's git server. */
  readonly git: string;
  /** Gathers the names of settings that this version does not know. */
  readonly unknownKeys: Set<string>;
  readonly kept: Kept;
}
