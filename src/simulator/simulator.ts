import type { Server } from 'node:http';
import express from 'express';
import { Accounts } from './bamboo/auth/accounts.ts';
import { Sessions } from './bamboo/auth/sessions.ts';
import { bambooApp } from './bamboo/bamboo-app.ts';
import { Builds } from './bamboo/builds/builds.ts';
import type { BambooContext } from './bamboo/context.ts';
import { credentialDefinitions } from './bamboo/credentials/credential-controls.ts';
import type { AccessHeaders } from './bamboo/doors/access-headers.ts';
import { Conversations } from './bamboo/doors/conversations.ts';
import { type StrayRequest, signOnApp } from './bamboo/doors/sign-on.ts';
import { Faults } from './bamboo/faults/faults.ts';
import { formDefinitions } from './bamboo/forms/form-definitions.ts';
import { delayed } from './bamboo/latency.ts';
import { logBitbucket, RequestLog } from './bamboo/request-log.ts';
import type { AppPasswordUser } from './bamboo/seed/accounts.ts';
import { createBamboo, type SeededBamboo } from './bamboo/seed/create-bamboo.ts';
import { randomFrom } from './bamboo/seed/random.ts';
import { workspacesFor } from './bamboo/seed/workspaces.ts';
import { SpecsCipher } from './bamboo/specs/cipher.ts';
import { ServerHome } from './bamboo/specs/server-home.ts';
import { type BitbucketWorld, bitbucketApp, createBitbucketWorld, stopBitbucketWorld } from './bitbucket/world.ts';
import { introduceUsers, openPublicRepositories } from './introduce.ts';
import { close, idle, listen, originOf } from './listen.ts';
import { type Settings, type SimulatorOptions, settingsFrom } from './options.ts';
import { controlsOf, credentialControls, doorControls, planControls } from './simulator-controls.ts';
import type { Simulator } from './simulator-types.ts';

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
    idle: () => idle(servers.bamboo),
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
