import { z } from 'zod';
import type { BambooContext } from '../context.ts';
import { PASSWORD_NAMES } from '../credentials/credential-names.ts';
import { faultOf } from '../faults/meet-faults.ts';
import { CREDENTIAL_NAME, type CredentialKind, credentialName, type SharedCredential } from '../model.ts';
import { type StoringScene, storeInto } from '../pages/store.ts';
import { checked } from './checked.ts';
import { ImportRefused } from './import-refused.ts';
import { Name, Oid, ProjectKey } from './spec-fields.ts';
import { secretFrom } from './spec-secrets.ts';
import { classOf, type SpecMap } from './spec-value.ts';

const MODEL = 'com.atlassian.bamboo.specs.model.credentials';

/** Unknown keys are refused; a key left out, or null, falls back to nothing [A]. */
const Head = { name: Name, oid: Oid, project: ProjectKey };
const PasswordBody = z.strictObject({ ...Head, username: z.string().nullish(), password: z.string().nullish() });
const SshBody = z.strictObject({ ...Head, key: z.string().nullish(), passphrase: z.string().nullish() });

interface Wanted {
  readonly kind: CredentialKind;
  readonly head: z.infer<z.ZodObject<typeof Head>>;
  readonly settings: Readonly<Record<string, string>>;
  /** As they came: in clear or encrypted by this server. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Carries out the import of a shared credential. */
export function importCredential(scene: StoringScene, entity: SpecMap): SharedCredential {
  const { context } = scene;
  const wanted = wantedFrom(context, classOf(entity), entity);
  const { project } = wanted.head;
  if (project !== null && !context.model.projects.has(project)) throw new ImportRefused(`There is no project ${project}.`);
  const secrets = Object.entries(wanted.secrets).map(([name, value]) => [name, secretFrom(context, name, value)]);
  return store(scene, wanted, Object.fromEntries(secrets));
}

function wantedFrom({ traits }: BambooContext, className: string, entity: SpecMap): Wanted {
  if (className === `${MODEL}.UsernamePasswordCredentialsProperties`) {
    const { username, password, ...head } = checked(PasswordBody, entity);
    return { kind: 'username-password', head, settings: { [PASSWORD_NAMES[traits.family].username]: username ?? '' }, secrets: { password: password ?? '' } };
  }
  if (className === `${MODEL}.SshCredentialsProperties`) {
    const { key, passphrase, ...head } = checked(SshBody, entity);
    return { kind: 'ssh', head, settings: {}, secrets: { key: key ?? '', ...(passphrase == null ? {} : { passphrase }) } };
  }
  throw new ImportRefused(`Class '${className}' is not one of shared credentials.`);
}

/** By oid where one is given, else by name within the scope; what matches nothing is made anew [T, I]. */
function store(scene: StoringScene, wanted: Wanted, secrets: Record<string, string>): SharedCredential {
  const settings = { [CREDENTIAL_NAME]: wanted.head.name, ...wanted.settings };
  const found = matching(scene.context, wanted);
  if (found !== null && faultOf(scene.response)?.kind !== 'save-creates-second') {
    storeInto(scene, found, { settings, secrets });
    return found;
  }
  const { credentials } = scene.context.model;
  const { project } = wanted.head;
  const id = String([...credentials.keys()].reduce((most, each) => Math.max(most, Number(each)), 0) + 1);
  const oid = found === null ? wanted.head.oid : null;
  const made: SharedCredential = { id, oid: oid ?? `made${id}`, kind: wanted.kind, project, settings, secrets, tasks: [] };
  if (faultOf(scene.response)?.kind !== 'save-ignored') credentials.set(id, made);
  return made;
}

function matching({ model, traits }: BambooContext, wanted: Wanted): SharedCredential | null {
  const { oid, project } = wanted.head;
  const all = [...model.credentials.values()];
  const isMeant = (each: SharedCredential): boolean => (oid === null ? credentialName(each) === wanted.head.name : each.oid === oid);
  const found = all.find((each) => each.project === project && isMeant(each)) ?? null;
  if (found !== null && found.kind !== wanted.kind) throw new ImportRefused('The shared credentials are of another type.');
  const isElsewhere = found === null && oid !== null && all.some((each) => each.oid === oid);
  if (isElsewhere && traits.oidElsewhere === 'refused') throw new ImportRefused('Shared credentials of another scope have this oid.');
  return found;
}
