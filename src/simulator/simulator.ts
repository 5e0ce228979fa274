import express from 'express';
import { Accounts } from './bamboo/auth/accounts.ts';
import { Sessions } from './bamboo/auth/sessions.ts';
import { bambooApp } from './bamboo/bamboo-app.ts';
import type { BambooContext } from './bamboo/context.ts';
import { credentialDefinitions } from './bamboo/credentials/credential-controls.ts';
import { dumpRepositories, type RepositoryDump } from './bamboo/dump.ts';
import { editRepository } from './bamboo/edit.ts';
import { type FaultInput, Faults } from './bamboo/faults/faults.ts';
import { formDefinitions } from './bamboo/forms/form-definitions.ts';
import { delayed } from './bamboo/latency.ts';
import { type LoggedRequest, logBitbucket, RequestLog } from './bamboo/request-log.ts';
import type { AppPasswordUser } from './bamboo/seed/accounts.ts';
import { createBamboo, type SeededBamboo } from './bamboo/seed/create-bamboo.ts';
import { randomFrom } from './bamboo/seed/random.ts';
import { workspacesFor } from './bamboo/seed/workspaces.ts';
import type { Switches } from './bamboo/switches.ts';
import { type BitbucketWorld, bitbucketApp, createBitbucketWorld, stopBitbucketWorld } from './bitbucket/world.ts';
import { introduceUsers, openPublicRepositories } from './introduce.ts';
import { close, listen, originOf } from './listen.ts';
import { type Settings, type SimulatorOptions, settingsFrom } from './options.ts';

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
  readonly bitbucket: BitbucketWorld;
  /** What the server does at the moment; change it in place. */
  readonly switches: Switches;
  /** What the server holds: every setting, and the secrets in clear. */
  repositories(): RepositoryDump[];
  /** Changes one setting or secret, as somebody else would. */
  edit(id: string, setting: string, value: string): void;
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
  const bitbucketSide = express().disable('x-powered-by').use(logBitbucket(context.log), delayed(context.switches), bitbucketApp(bitbucket));
  const bambooServer = await listen(bambooApp(context), settings.port);
  const bitbucketServer = await listen(bitbucketSide, settings.port === 0 ? 0 : settings.port + 1).catch(async (problem: unknown) => {
    await close(bambooServer);
    throw problem;
  });
  context.origin = originOf(bambooServer);
  return {
    ...addressesOf(context, originOf(bitbucketServer)),
    ...credentialsOf(context, seeded),
    ...controlsOf(context),
    stop: async () => {
      await Promise.all([close(bambooServer), close(bitbucketServer)]);
      await stopBitbucketWorld(bitbucket);
    },
  };
}

function allUsers(seeded: SeededBamboo): AppPasswordUser[] {
  return Object.values(seeded.users).flat();
}

function contextFrom(settings: Settings, seeded: SeededBamboo, bitbucket: BitbucketWorld): BambooContext {
  return {
    model: seeded.model,
    traits: settings.traits,
    switches: settings.switches,
    version: settings.version,
    contextPath: settings.contextPath,
    definitions: formDefinitions(settings.traits),
    credentialDefinitions: credentialDefinitions(settings.traits),
    accounts: new Accounts(randomFrom(`${settings.seed} accounts`)),
    sessions: new Sessions(),
    faults: new Faults(),
    log: new RequestLog(),
    bitbucket,
    origin: '',
  };
}

function addressesOf(context: BambooContext, bitbucketOrigin: string): Pick<Simulator, 'bambooUrl' | 'bitbucketApiUrl' | 'bitbucketGitUrl'> {
  return { bambooUrl: context.origin + context.contextPath, bitbucketApiUrl: `${bitbucketOrigin}/2.0`, bitbucketGitUrl: bitbucketOrigin };
}

type Credentials = Pick<Simulator, 'login' | 'viewer' | 'restToken' | 'readOnlyToken' | 'tokens' | 'appPasswordUsers' | 'workspaces'>;

function credentialsOf(context: BambooContext, seeded: SeededBamboo): Credentials {
  const { administrator, viewer, tokens } = context.accounts;
  const valueNamed = (name: string): string => tokens.find((token) => token.name === name)?.value ?? '';
  return {
    login: { username: administrator.username, password: administrator.password },
    viewer: { username: viewer.username, password: viewer.password },
    restToken: valueNamed('full'),
    readOnlyToken: valueNamed('read-only'),
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

function controlsOf(context: BambooContext): Omit<Simulator, keyof Credentials | 'bambooUrl' | 'bitbucketApiUrl' | 'bitbucketGitUrl' | 'stop'> {
  return {
    bitbucket: context.bitbucket,
    switches: context.switches,
    repositories: () => dumpRepositories(context.model),
    edit: (id, setting, value) => editRepository(context.model, context.definitions, id, setting, value),
    fault: (fault) => context.faults.add(fault),
    clearFaults: () => context.faults.clear(),
    endSessions: () => context.sessions.endAll(),
    unlock: () => context.accounts.unlock(),
    requests: () => context.log.entries(),
    clearRequests: () => context.log.clear(),
  };
}
