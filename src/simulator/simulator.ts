import type { Server } from 'node:http';
import express from 'express';
import { Accounts } from './bamboo/auth/accounts.ts';
import { Sessions } from './bamboo/auth/sessions.ts';
import { bambooApp } from './bamboo/bamboo-app.ts';
import { type Build, Builds } from './bamboo/builds/builds.ts';
import type { BambooContext } from './bamboo/context.ts';
import { credentialDefinitions } from './bamboo/credentials/credential-controls.ts';
import type { SharedCredentialDump } from './bamboo/credentials/credential-dump.ts';
import type { CredentialEdit } from './bamboo/credentials/edit-credential.ts';
import type { AccessHeaders } from './bamboo/doors/access-proxy.ts';
import { Conversations } from './bamboo/doors/conversations.ts';
import { type StrayRequest, signOnApp } from './bamboo/doors/sign-on.ts';
import type { RepositoryDump } from './bamboo/dump.ts';
import { type FaultInput, Faults } from './bamboo/faults/faults.ts';
import { formDefinitions } from './bamboo/forms/form-definitions.ts';
import { delayed } from './bamboo/latency.ts';
import type { PlanDump, PlanEdit } from './bamboo/plan-controls.ts';
import { type LoggedRequest, logBitbucket, RequestLog } from './bamboo/request-log.ts';
import type { AppPasswordUser } from './bamboo/seed/accounts.ts';
import { createBamboo, type SeededBamboo } from './bamboo/seed/create-bamboo.ts';
import { randomFrom } from './bamboo/seed/random.ts';
import { workspacesFor } from './bamboo/seed/workspaces.ts';
import { SpecsCipher } from './bamboo/specs/cipher.ts';
import { ServerHome } from './bamboo/specs/server-home.ts';
import type { Switches } from './bamboo/switches.ts';
import { type BitbucketWorld, bitbucketApp, createBitbucketWorld, stopBitbucketWorld } from './bitbucket/world.ts';
import { introduceUsers, openPublicRepositories } from './introduce.ts';
import { close, listen, originOf } from './listen.ts';
import { type Settings, type SimulatorOptions, settingsFrom } from './options.ts';
import { controlsOf, credentialControls, doorControls, planControls } from './simulator-controls.ts';

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
  stop(): Promise<void>;
}

/** Starts a Bamboo and a Bitbucket Cloud on this machine. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = settingsFrom(options);
  const bitbucket = createBitbucketWorld({ workspaces: workspacesFor(settings.repositories), now: settings.now, tokens: settings.tokens });
  const token = bitbucket.tokens[0] ?? { email: '', value: '' };
  const seeded = createBamboo({ seed: settings.seed, repositories: settings.repositories, traits: settings.traits, token });
  introduceUsers(bitbucket, allUsers(seeded));
  openPublicRepositories(bitbucket, seeded.model);
  const context = contextFrom(settings, seeded, bitbucket);
  const strays: StrayRequest[] = [];
  const servers = await listenAll(context, settings.port, strays);
  const bitbucketOrigin = originOf(servers.bitbucket);
  return {
    bambooUrl: context.origin + context.contextPath,
    bitbucketApiUrl: `${bitbucketOrigin}/2.0`,
    bitbucketGitUrl: bitbucketOrigin,
    signOnUrl: context.signOnOrigin,
    home: { server: context.home.server, local: context.home.local },
    ...credentialsOf(context, seeded),
    ...controlsOf(context),
    ...credentialControls(context),
    ...planControls(context),
    ...doorControls(context, strays),
    stop: async () => {
      await Promise.all(Object.values(servers).map(close));
      await stopBitbucketWorld(bitbucket);
      context.home.remove();
    },
  };
}

type Servers = Readonly<Record<'bamboo' | 'bitbucket' | 'signOn', Server>>;

/** Bitbucket takes the port after Bamboo's; the sign-on server any free one. */
async function listenAll(context: BambooContext, port: number, strays: StrayRequest[]): Promise<Servers> {
  const bitbucketSide = express().disable('x-powered-by').use(logBitbucket(context.log), delayed(context.switches), bitbucketApp(context.bitbucket));
  const bamboo = await listen(bambooApp(context), port);
  const bitbucket = await listen(bitbucketSide, port === 0 ? 0 : port + 1).catch(async (problem: unknown) => {
    await close(bamboo);
    throw problem;
  });
  const signOn = await listen(signOnApp(strays), 0);
  context.origin = originOf(bamboo);
  context.signOnOrigin = originOf(signOn);
  return { bamboo, bitbucket, signOn };
}

function allUsers(seeded: SeededBamboo): AppPasswordUser[] {
  return Object.values(seeded.users).flat();
}

function contextFrom(settings: Settings, seeded: SeededBamboo, bitbucket: BitbucketWorld): BambooContext {
  const now = (): Date => bitbucket.now();
  return {
    model: seeded.model,
    traits: settings.traits,
    switches: settings.switches,
    version: settings.version,
    contextPath: settings.contextPath,
    definitions: formDefinitions(settings.traits),
    credentialDefinitions: credentialDefinitions(settings.traits),
    accounts: new Accounts(randomFrom(`${settings.seed} accounts`)),
    builds: new Builds(settings.switches),
    sessions: new Sessions(settings.switches, now),
    conversations: new Conversations(),
    accessHeaders: accessHeadersFor(settings.seed),
    cipher: new SpecsCipher(settings.seed),
    home: new ServerHome(settings.switches),
    faults: new Faults(),
    log: new RequestLog(),
    bitbucket,
    now,
    signOnOrigin: '',
    origin: '',
  };
}

function accessHeadersFor(seed: string): AccessHeaders {
  const random = randomFrom(`${seed} access proxy`);
  return { 'CF-Access-Client-Id': `${random.letters(16)}.access`, 'CF-Access-Client-Secret': random.letters(40) };
}

type Credentials = Pick<
  Simulator,
  'login' | 'viewer' | 'restToken' | 'readOnlyToken' | 'tokens' | 'appPasswordUsers' | 'workspaces' | 'totpSecret' | 'accessHeaders'
>;

function credentialsOf(context: BambooContext, seeded: SeededBamboo): Credentials {
  const { administrator, viewer, tokens } = context.accounts;
  const valueNamed = (name: string): string => tokens.find((token) => token.name === name)?.value ?? '';
  return {
    login: { username: administrator.username, password: administrator.password },
    viewer: { username: viewer.username, password: viewer.password },
    restToken: valueNamed('full'),
    readOnlyToken: valueNamed('read-only'),
    totpSecret: administrator.totpSecret,
    accessHeaders: context.accessHeaders,
    tokens: context.bitbucket.tokens.map((token) => ({
      name: token.name,
      email: token.email,
      value: token.value,
      expires: token.expires.toISOString().slice(0, 10),
    })),
    appPasswordUsers: allUsers(seeded),
    workspaces: context.bitbucket.workspaces.map((workspace) => workspace.slug),
  };
}
