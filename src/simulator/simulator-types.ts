import type { Build } from './bamboo/builds/builds.ts';
import type { SharedCredentialDump } from './bamboo/credentials/credential-dump.ts';
import type { CredentialEdit } from './bamboo/credentials/edit-credential.ts';
import type { AccessHeaders } from './bamboo/doors/access-headers.ts';
import type { StrayRequest } from './bamboo/doors/sign-on.ts';
import type { RepositoryDump } from './bamboo/dump.ts';
import type { FaultInput } from './bamboo/faults/faults.ts';
import type { PlanDump, PlanEdit } from './bamboo/plan-controls.ts';
import type { LoggedRequest } from './bamboo/request-log.ts';
import type { AppPasswordUser } from './bamboo/seed/accounts.ts';
import type { Switches } from './bamboo/switches.ts';
import type { BitbucketWorld } from './bitbucket/world.ts';

/** A token as one would write it into a configuration. */
export interface SimulatorToken {
  readonly name: string;
  readonly email: string;
  readonly value: string;
  /** The day it runs out, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** A running Bamboo and Bitbucket Cloud. */
export interface Simulator {
  readonly bambooUrl: string;
  readonly bitbucketApiUrl: string;
  readonly bitbucketGitUrl: string;
  readonly login: { readonly username: string; readonly password: string };
  /** A user who may log in and administers nothing. */
  readonly viewer: { readonly username: string; readonly password: string };
  /** A personal access token with its owner's rights. */
  readonly restToken: string;
  readonly readOnlyToken: string;
  readonly tokens: readonly SimulatorToken[];
  /** The users and app passwords that the repositories stand on at the start. */
  readonly appPasswordUsers: readonly AppPasswordUser[];
  /** The workspaces that the repositories live in. */
  readonly workspaces: readonly string[];
  /** The key of the administrator's authenticator app, in base 32, for `totp` switched on. */
  readonly totpSecret: string;
  /** The headers that the access proxy wants while it is switched on. */
  readonly accessHeaders: AccessHeaders;
  /** The server where single sign-on and the access proxy send people. */
  readonly signOnUrl: string;
  /** The server's home folder: at one path for the server, at another one here. */
  readonly home: { readonly server: string; readonly local: string };
  readonly bitbucket: BitbucketWorld;
  /** What the server does at the moment; change it in place. */
  readonly switches: Switches;
  /** What the server holds: every setting, and the secrets in clear. */
  repositories(): RepositoryDump[];
  /** Changes one setting or secret, as somebody else would. */
  edit(id: string, setting: string, value: string): void;
  /** The shared credentials that the server holds, secrets in clear. */
  sharedCredentials(): SharedCredentialDump[];
  /** Renames a shared credential, writes it, or puts one of another type in its place. */
  editSharedCredential(id: string, edit: CredentialEdit): void;
  /** Deletes a shared credential; repositories go on naming it. */
  removeSharedCredential(id: string): void;
  /** The plans and their branches, with what no page tells: whether Specs own them. */
  plans(): PlanDump[];
  /** Disables a plan, takes rights on it away, or binds it to Specs. */
  editPlan(key: string, edit: PlanEdit): void;
  /** Every build so far. */
  builds(): Build[];
  /** The Cookie header of a browser in which a person has logged in. */
  openSession(who?: 'administrator' | 'viewer'): string;
  /** Makes the session of such a browser a secure administrator session, as the person would. */
  elevateSession(cookie: string): void;
  /** Ends the secure administrator sessions; the logins stay. */
  endElevations(): void;
  /** What the administrator's authenticator app shows now. */
  totpCode(): string;
  /** Changes an access token: `full` or `read-only`. */
  editAccessToken(name: string, edit: { readonly daysUntilExpiry: number | null }): void;
  /** The requests that reached the sign-on server, and which headers they brought. */
  strays(): StrayRequest[];
  /** Makes something go wrong with the next matching requests. */
  fault(fault: FaultInput): void;
  /** Takes back the faults that have not happened. */
  clearFaults(): void;
  /** Ends every session, as a restart would. */
  endSessions(): void;
  /** Forgets refused logins, so that no picture must be read. */
  unlock(): void;
  /** The requests that both servers have got, oldest first. */
  requests(): LoggedRequest[];
  /** Forgets the requests. */
  clearRequests(): void;
  /** Resolves when nobody is connected to Bamboo any more, and what was sent until then has been worked off. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}
