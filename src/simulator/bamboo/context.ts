import type { BitbucketWorld } from '../bitbucket/world.ts';
import type { Accounts } from './auth/accounts.ts';
import type { Sessions } from './auth/sessions.ts';
import type { Builds } from './builds/builds.ts';
import type { CredentialDefinitions } from './credentials/credential-controls.ts';
import type { AccessHeaders } from './doors/access-headers.ts';
import type { Conversations } from './doors/conversations.ts';
import type { Faults } from './faults/faults.ts';
import type { FormDefinitions } from './forms/form-definitions.ts';
import type { BambooModel } from './model.ts';
import type { RequestLog } from './request-log.ts';
import type { SpecsCipher } from './specs/cipher.ts';
import type { ServerHome } from './specs/server-home.ts';
import type { Switches } from './switches.ts';
import type { Traits } from './traits.ts';

/** Everything that one simulated Bamboo stands on. */
export interface BambooContext {
  readonly model: BambooModel;
  readonly traits: Traits;
  readonly switches: Switches;
  readonly version: string;
  /** Empty, or a path such as `/bamboo`. */
  readonly contextPath: string;
  readonly definitions: FormDefinitions;
  readonly credentialDefinitions: CredentialDefinitions;
  readonly accounts: Accounts;
  readonly builds: Builds;
  readonly sessions: Sessions;
  readonly conversations: Conversations;
  readonly accessHeaders: AccessHeaders;
  readonly cipher: SpecsCipher;
  readonly home: ServerHome;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly bitbucket: BitbucketWorld;
  /** The clock of both servers. */
  readonly now: () => Date;
  /** Scheme, host and port of the server where single sign-on and an access proxy send people. */
  signOnOrigin: string;
  /** Scheme, host and port that it listens on. */
  origin: string;
}

/** The address that the server believes to have. */
export function baseUrl(context: BambooContext): string {
  return context.switches.baseUrl === '' ? context.origin + context.contextPath : context.switches.baseUrl;
}

/** Where a form or a link leads: relative, or absolute where a base URL is configured. */
export function linkTo(context: BambooContext, path: string): string {
  return (context.switches.baseUrl === '' ? context.contextPath : context.switches.baseUrl) + path;
}
