import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BrowserContext } from 'playwright-core';
import { createBamboo } from '../../src/bamboo/create-bamboo.ts';
import type { Place } from '../../src/core/model.ts';
import { Secret } from '../../src/core/secret.ts';
import { type ProfileName, type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/index.ts';
import { Administrator, startChromium } from '../support/chromium.ts';
import { fetchHttp } from '../support/fetch-http.ts';

const MINUTE = 60_000;
const PASSWORD = 'ATAT typed by hand, ü "quoted" & <marked>';

/** One object to change by hand: which one, how a person gets to its form, and where our route finds it. */
interface Subject {
  readonly id: string;
  readonly username: string;
  readonly place: Place;
  readonly open: (person: Administrator) => Promise<void>;
}

let chromium: { context: BrowserContext; stop: () => Promise<void> };
beforeAll(async () => {
  chromium = await startChromium();
}, MINUTE);
afterAll(() => chromium.stop());

const inlineCloud = (level: string, simulator: Simulator) => {
  const found = simulator
    .repositories()
    .find((each) => each.level === level && each.type === 'bbCloud' && /^[^@]+$/.test(each.settings['repository.bitbucket.username'] ?? ''));
  if (found === undefined) throw new TypeError(`the seed has no Bitbucket Cloud repository of the level ${level}`);
  return found;
};

const SUBJECTS: Readonly<Record<string, (simulator: Simulator) => Subject>> = {
  'a linked repository': (simulator) => {
    const { id, name } = inlineCloud('global', simulator);
    return {
      id,
      username: 'ci@acme.example',
      place: { object: 'repository', id, level: 'global', name },
      open: async (person) => {
        await person.visit('/admin/configureLinkedRepositories.action');
        await person.follow(`li.item[data-item-id="${id}"] a`);
      },
    };
  },
  'a linked Git repository': (simulator) => {
    const found = simulator
      .repositories()
      .find((each) => each.level === 'global' && /\/\/bitbucket\.org\/.*-49\.git$/.test(each.settings['repository.git.repositoryUrl'] ?? ''));
    const { id = '', name = '' } = found ?? {};
    return {
      id,
      username: 'x-bitbucket-api-token-auth',
      place: { object: 'repository', id, level: 'global', name },
      open: (person) => person.visit(`/admin/editLinkedRepository.action?repositoryId=${id}`),
    };
  },
  "a project's repository": (simulator) => {
    const { id, name, owner } = inlineCloud('project', simulator);
    const project = owner.kind === 'project' ? owner.project : '';
    return {
      id,
      username: 'ci@acme.example',
      place: { object: 'repository', id, level: 'project', project, name },
      open: (person) => person.visit(`/project/editProjectRepository.action?projectKey=${project}&repositoryId=${id}`),
    };
  },
  "a plan's repository": (simulator) => {
    const { id, name, owner } = inlineCloud('plan', simulator);
    const plan = owner.kind === 'plan' ? owner.plan : '';
    return {
      id,
      username: 'ci@acme.example',
      place: { object: 'repository', id, level: 'plan', project: plan.split('-')[0] ?? '', plan, name },
      open: async (person) => {
        await person.visit(`/chain/admin/config/editChainRepository.action?buildKey=${plan}`);
        await person.follow(`li.item[data-item-id="${id}"] a`);
      },
    };
  },
  "a branch's own repository": (simulator) => {
    const { id, name, owner } = inlineCloud('branch', simulator);
    const branch = owner.kind === 'branch' ? owner.branch : '';
    return {
      id,
      username: 'ci@acme.example',
      place: { object: 'repository', id, level: 'branch', project: branch.split('-')[0] ?? '', plan: branch, name },
      open: (person) => person.visit(`/branch/admin/config/editChainBranchRepository.action?planKey=${branch}&repositoryId=${id}`),
    };
  },
  'a shared credential': (simulator) => {
    const { id = '', name = '' } = simulator.sharedCredentials().find((each) => each.level === 'global' && each.type === 'username-password') ?? {};
    return {
      id,
      username: 'ci@acme.example',
      place: { object: 'shared-credential', id, level: 'global', name },
      open: async (person) => {
        await person.visit('/admin/configureSharedCredentials.action');
        await person.follow(`tr#item-${id} a.update-credentials`);
      },
    };
  },
};

/** Everything that a server holds, in one value to compare. */
function heldBy(simulator: Simulator): object {
  return { repositories: simulator.repositories(), credentials: simulator.sharedCredentials(), plans: simulator.plans() };
}

/** What is different in a server that held something else before: nothing but these. */
function expectOnlyCredential(simulator: Simulator, before: ReturnType<typeof heldBy>, subject: Subject, username: string): void {
  const wanted = structuredClone(before) as { repositories: Held[]; credentials: Held[] };
  const changed = [...wanted.repositories, ...wanted.credentials].find((each) => each.id === subject.id && isOf(each, subject.place.object));
  for (const name of Object.keys(changed?.settings ?? {})) if (/\busername$/i.test(name) && changed !== undefined) changed.settings[name] = username;
  for (const name of Object.keys(changed?.secrets ?? {})) if (/password$/.test(name) && changed !== undefined) changed.secrets[name] = PASSWORD;
  if (changed !== undefined && 'username' in changed) Object.assign(changed, { username });
  expect(heldBy(simulator)).toEqual(wanted);
}

interface Held {
  id: string;
  settings: Record<string, string>;
  secrets: Record<string, string>;
  oid: string;
  level: string;
  username?: string | null;
}

function isOf(held: Held, object: Place['object']): boolean {
  return (object === 'shared-credential') === 'username' in held;
}

/** The same change by our own route, on a server that began the same. Its doors are not what is compared, so they stand open. */
async function writeByRoute(options: SimulatorOptions, subjectOf: (simulator: Simulator) => Subject): Promise<object> {
  const simulator = await startSimulator({ ...options, traits: { loginScreen: 'form' }, switches: { ...options.switches, webSudo: false, totp: false } });
  try {
    const subject = subjectOf(simulator);
    const login = { username: simulator.login.username, password: new Secret(simulator.login.password) };
    const bamboo = createBamboo({ http: fetchHttp, url: simulator.bambooUrl, restToken: new Secret(simulator.restToken), login, headers: {} });
    const route = bamboo.route(subject.place.object === 'repository' ? 'form' : 'shared-credential');
    const opened = await route.open(subject.place);
    if (opened.kind !== 'object') throw new TypeError(`the route met: ${opened.kind}`);
    expect(await opened.object.write({ username: subject.username, secret: new Secret(PASSWORD) })).toEqual({ kind: 'saved' });
    return heldBy(simulator);
  } finally {
    await simulator.stop();
  }
}

/** Each family of field names, behind each kind of login. Links go to the address in use: a browser has no proxy before it here. */
const SERVERS: readonly (readonly [ProfileName, SimulatorOptions])[] = [
  ['standard', {}],
  ['modern', {}],
  ['old', {}],
  ['awkward', { switches: { baseUrl: '', totp: true } }],
];

describe.each(SERVERS)("Debian's Chromium, with a person at it, on the server %s", (profile, more) => {
  const options: SimulatorOptions = { profile, ...more };
  let simulator: Simulator;
  let person: Administrator;

  beforeEach(async () => {
    simulator = await startSimulator(options);
    await chromium.context.clearCookies();
    person = new Administrator(await chromium.context.newPage(), simulator);
  });
  afterEach(async () => {
    for (const page of chromium.context.pages().slice(1)) await page.close();
    await simulator.stop();
  });

  it.each(Object.keys(SUBJECTS))(
    'changes nothing but the credential of %s, and leaves what our route leaves',
    async (name) => {
      const subjectOf = SUBJECTS[name] as (simulator: Simulator) => Subject;
      const before = heldBy(simulator);
      const subject = subjectOf(simulator);
      await subject.open(person);
      expect(await person.seesPasswordField()).toBe(false);
      expect(await person.change(subject.username, PASSWORD)).toBe('Saved.');
      expectOnlyCredential(simulator, before, subject, subject.username);
      expect(await writeByRoute(options, subjectOf)).toEqual(heldBy(simulator));
    },
    MINUTE,
  );

  it(
    'is told why a save was refused, and nothing is stored',
    async () => {
      const before = heldBy(simulator);
      const subject = (SUBJECTS['a shared credential'] as (simulator: Simulator) => Subject)(simulator);
      await subject.open(person);
      expect(await person.change(' ', PASSWORD)).toContain('Username is required.');
      expect(heldBy(simulator)).toEqual(before);
    },
    MINUTE,
  );
});
