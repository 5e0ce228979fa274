import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Change } from '../../src/core/plan-file.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import type { HeldObject, Transition } from './end-state-model.ts';
import type { Artefact, SoughtSecret } from './secret-search.ts';
import type { Twin } from './twin-model.ts';

/** Characters that every encoding writes in another way. */
const AWKWARD = '"<%41&\'é+/ü>';

/** Gives the app passwords characters that tell encodings apart, at Bitbucket and in Bamboo. */
export function makeAwkward(simulator: Simulator): Map<string, string> {
  const awkward = new Map(simulator.appPasswordUsers.map(({ password }) => [password, `${password.slice(0, 8)}${AWKWARD}${password.slice(8)}`]));
  for (const known of simulator.bitbucket.appPasswords) known.value = awkward.get(known.value) ?? known.value;
  for (const { id, secrets } of simulator.repositories())
    for (const [name, value] of Object.entries(secrets)) if (awkward.has(value)) simulator.edit(id, name, awkward.get(value) ?? '');
  for (const { id, secrets } of simulator.sharedCredentials()) {
    const password = Object.values(secrets).flatMap((value) => awkward.get(value) ?? [])[0];
    if (password !== undefined) simulator.editSharedCredential(id, { password });
  }
  return awkward;
}

/** Everything that may be readable nowhere. */
export function secretsOf(simulator: Simulator): SoughtSecret[] {
  const { login, viewer, restToken, readOnlyToken, tokens } = simulator;
  const stored = contentsOf(simulator).flatMap(({ key, secrets }) => Object.entries(secrets).map(([name, value]) => ({ name: `${name} of ${key}`, value })));
  const known = [
    { name: 'login password', value: login.password },
    { name: 'password of the viewer', value: viewer.password },
    { name: 'personal access token', value: restToken },
    { name: 'read-only token', value: readOnlyToken },
    ...tokens.map(({ name, value }) => ({ name: `API token ${name}`, value })),
  ];
  const byValue = new Map([...stored, ...known].map((secret) => [secret.value, secret]));
  return [...byValue.values()];
}

/** What a server holds: repositories and shared credentials alike. */
export function contentsOf(simulator: Simulator): HeldObject[] {
  return [
    ...simulator.repositories().map(({ id, settings, secrets }) => ({ key: `repository:${id}`, settings, secrets })),
    ...simulator.sharedCredentials().map(({ id, settings, secrets }) => ({ key: `shared-credential:${id}`, settings, secrets })),
  ];
}

/** What the plan may do to the server: found by what the server holds, not by the product's own reading. */
export function transitionsOf(
  changes: readonly Change[],
  { start, simulator }: { readonly start: readonly HeldObject[]; readonly simulator: Simulator },
): Transition[] {
  const objects = new Map(start.map((object) => [object.key, object]));
  const token = new Map(simulator.tokens.map(({ name, value }) => [name, value]));
  return changes.map(({ object, id, before, after }) => {
    const key = `${object}:${id}`;
    const { settings = {}, secrets = {} } = objects.get(key) ?? {};
    const usernameSetting = only(
      Object.keys(settings).filter((name) => /username$/i.test(name)),
      key,
    );
    const secretName = only(
      Object.keys(secrets).filter((name) => /password$/i.test(name)),
      key,
    );
    return {
      key,
      usernameSetting,
      secretName,
      old: { username: before?.username ?? '', secret: secrets[secretName] ?? '' },
      new: { username: after.username, secret: token.get(after.token ?? '') ?? '' },
    };
  });
}

/** The twin that a change makes. */
export function twinFrom({ object, id, name, project, workspace, slug, after }: Change, { tokens }: Simulator): Twin {
  const secret = tokens.find((token) => token.name === after.token)?.value ?? '';
  return { key: `${object}:${id}`, name, project: project ?? null, url: `https://bitbucket.org/${workspace}/${slug}.git`, username: after.username, secret };
}

/** Every file of the directory but those in which the user keeps the secrets. */
export function writtenIn(directory: string): Artefact[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => relative(directory, join(entry.parentPath, entry.name)));
  return paths.filter((path) => !path.startsWith('bamboo-rekey.secrets')).map((name) => ({ name, bytes: readFileSync(join(directory, name)) }));
}

function only(names: readonly string[], key: string): string {
  const [name] = names;
  if (name === undefined || names.length > 1) throw new TypeError(`${key} has ${names.length} settings that may be meant.`);
  return name;
}
