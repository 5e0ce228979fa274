import { z } from 'zod';
import type { BambooContext } from '../context.ts';
import { PASSWORD_NAMES } from '../credentials/credential-names.ts';
import { type BambooModel, CREDENTIAL_NAME, type CredentialKind, credentialName, type SharedCredential } from '../model.ts';
import { readSpecDocument } from './spec-document.ts';

const MODEL = 'com.atlassian.bamboo.specs.model.credentials';

/** Unknown keys are refused; a key left out, or null, falls back to nothing [A]. */
const Head = {
  name: z
    .string()
    .min(1, 'name is required')
    .regex(/^[^"&'<>\\]*$/, 'name: must not contain any of " & \' < > \\'),
  oid: z.strictObject({ oid: z.string() }).nullish(),
  project: z.looseObject({ key: z.strictObject({ key: z.string() }) }).nullish(),
};
const PasswordBody = z.strictObject({ ...Head, username: z.string().nullish(), password: z.string().nullish() });
const SshBody = z.strictObject({ ...Head, key: z.string().nullish(), passphrase: z.string().nullish() });

interface Wanted {
  readonly kind: CredentialKind;
  readonly head: z.infer<z.ZodObject<typeof Head>>;
  readonly settings: Readonly<Record<string, string>>;
  /** As they came: in clear or encrypted by this server. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Carries out one import of a shared credential; a sentence where it was refused. */
export function importCredential(context: BambooContext, text: string): SharedCredential | string {
  const document = readSpecDocument(text);
  if (document.kind === 'refused') return document.why;
  const wanted = wantedFrom(context, document.className, document.entity);
  if (typeof wanted === 'string') return wanted;
  const project = wanted.head.project?.key.key ?? null;
  if (project !== null && !context.model.projects.has(project)) return `There is no project ${project}.`;
  const secrets: Record<string, string> = {};
  for (const [name, value] of Object.entries(wanted.secrets)) {
    const clear = context.cipher.decrypt(value);
    if (clear === null) return `${name}: was not encrypted by this server.`;
    secrets[name] = clear;
  }
  return store(context.model, wanted, project, secrets);
}

function wantedFrom({ traits }: BambooContext, className: string, entity: Readonly<Record<string, unknown>>): Wanted | string {
  if (className === `${MODEL}.UsernamePasswordCredentialsProperties`) {
    const body = PasswordBody.safeParse(entity);
    if (!body.success) return z.prettifyError(body.error);
    const { username, password, ...head } = body.data;
    return { kind: 'username-password', head, settings: { [PASSWORD_NAMES[traits.family].username]: username ?? '' }, secrets: { password: password ?? '' } };
  }
  if (className === `${MODEL}.SshCredentialsProperties`) {
    const body = SshBody.safeParse(entity);
    if (!body.success) return z.prettifyError(body.error);
    const { key, passphrase, ...head } = body.data;
    return { kind: 'ssh', head, settings: {}, secrets: { key: key ?? '', ...(passphrase == null ? {} : { passphrase }) } };
  }
  return `Class ${className} is not allowed here.`;
}

/** By oid where one is given, else by name within the scope; what matches nothing is made anew [T, I]. */
function store(model: BambooModel, wanted: Wanted, project: string | null, secrets: Record<string, string>): SharedCredential | string {
  const oid = wanted.head.oid?.oid;
  const all = [...model.credentials.values()];
  const byName = (each: SharedCredential): boolean => each.project === project && credentialName(each) === wanted.head.name;
  const found = oid === undefined ? all.find(byName) : all.find((each) => each.oid === oid);
  if (found !== undefined && (found.project !== project || found.kind !== wanted.kind)) return 'The shared credentials are of another scope or type.';
  const settings = { [CREDENTIAL_NAME]: wanted.head.name, ...wanted.settings };
  if (found !== undefined) return Object.assign(found, { settings, secrets });
  const id = String(all.reduce((most, each) => Math.max(most, Number(each.id)), 0) + 1);
  const made: SharedCredential = { id, oid: oid ?? `made${id}`, kind: wanted.kind, project, settings, secrets, tasks: [] };
  model.credentials.set(id, made);
  return made;
}
