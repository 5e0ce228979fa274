import { totpCode } from './bamboo/auth/totp.ts';
import type { BambooContext } from './bamboo/context.ts';
import { dumpCredentials } from './bamboo/credentials/credential-dump.ts';
import { editCredential, removeCredential } from './bamboo/credentials/edit-credential.ts';
import type { StrayRequest } from './bamboo/doors/sign-on.ts';
import { dumpRepositories } from './bamboo/dump.ts';
import { editRepository } from './bamboo/edit.ts';
import { dumpPlans, editPlan } from './bamboo/plan-controls.ts';
import { SimulatorError } from './simulator-error.ts';
import type { Simulator } from './simulator-types.ts';

type Controls = 'bitbucket' | 'switches' | 'repositories' | 'edit' | 'fault' | 'clearFaults' | 'unlock' | 'requests' | 'clearRequests';
type Credentials = 'sharedCredentials' | 'editSharedCredential' | 'removeSharedCredential';
type Plans = 'plans' | 'editPlan' | 'builds';
type Doors = 'endSessions' | 'openSession' | 'elevateSession' | 'endElevations' | 'totpCode' | 'editAccessToken' | 'strays';

/** What a test may do to a running server, and see of it. */
export function controlsOf(context: BambooContext): Pick<Simulator, Controls> {
  return {
    bitbucket: context.bitbucket,
    switches: context.switches,
    repositories: () => dumpRepositories(context.model),
    edit: (id, setting, value) => editRepository(context.model, context.definitions, id, setting, value),
    fault: (fault) => context.faults.add(fault),
    clearFaults: () => context.faults.clear(),
    unlock: () => context.accounts.unlock(),
    requests: () => context.log.entries(),
    clearRequests: () => context.log.clear(),
  };
}

/** The same for shared credentials. */
export function credentialControls({ model, traits }: BambooContext): Pick<Simulator, Credentials> {
  return {
    sharedCredentials: () => dumpCredentials(model, traits),
    editSharedCredential: (id, edit) => editCredential(model, traits, id, edit),
    removeSharedCredential: (id) => removeCredential(model, id),
  };
}

/** The same for plans and their builds. */
export function planControls({ model, builds }: BambooContext): Pick<Simulator, Plans> {
  return {
    plans: () => dumpPlans(model),
    editPlan: (key, edit) => editPlan(model, key, edit),
    builds: () => builds.all(),
  };
}

/** The same for the ways in. */
export function doorControls(context: BambooContext, strays: readonly StrayRequest[]): Pick<Simulator, Doors> {
  const { sessions, accounts } = context;
  return {
    endSessions: () => sessions.endAll(),
    openSession: (who = 'administrator') => sessions.cookieHeader(sessions.start(accounts[who])),
    elevateSession: (cookie) => {
      const session = sessions.named(cookie);
      if (session === null) throw new SimulatorError('The cookie names no session that lives.');
      sessions.elevate(session);
    },
    endElevations: () => sessions.endElevations(),
    totpCode: () => totpCode(accounts.administrator.totpSecret, context.now()),
    editAccessToken: (name, edit) => {
      const token = accounts.tokens.find((each) => each.name === name);
      if (token === undefined) throw new SimulatorError(`There is no access token called ${name}.`);
      token.daysUntilExpiry = edit.daysUntilExpiry;
    },
    strays: () => strays.map((stray) => ({ ...stray })),
  };
}
