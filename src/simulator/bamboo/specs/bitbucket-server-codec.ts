import { z } from 'zod';
import type { BambooContext } from '../context.ts';
import type { Repository } from '../model.ts';
import { ChangeDetection, readChangeDetection, writeChangeDetection } from './change-detection.ts';
import { checked } from './checked.ts';
import { cloneShape, readClone, writeClone } from './clone-settings.ts';
import type { ReadingPlace, ReadState, RepositoryCodec } from './repository-state.ts';
import { REPOSITORY_CLASSES } from './spec-classes.ts';
import { filled, Text } from './spec-fields.ts';
import { secretFrom, secretInExport } from './spec-secrets.ts';
import type { SpecMap } from './spec-value.ts';

const PREFIX = 'repository.stash';
const PRIVATE_KEY = `${PREFIX}.ssh.key`;

/** The texts of a Bitbucket Server document, and the settings that hold them. */
const TEXTS = {
  projectKey: `${PREFIX}.projectKey`,
  repositorySlug: `${PREFIX}.repositorySlug`,
  branch: `${PREFIX}.branch`,
  sshPublicKey: `${PREFIX}.ssh.publicKey`,
  sshCloneUrl: `${PREFIX}.sshCloneUrl`,
} as const;

const LINK = { name: `${PREFIX}.server`, id: `${PREFIX}.serverId` } as const;
const MIRROR = { name: `${PREFIX}.mirror.name`, url: `${PREFIX}.mirror.url` } as const;

/** Bitbucket Server: reached over an application link, with a key pair of its own. */
export const BITBUCKET_SERVER_CODEC: RepositoryCodec = {
  className: REPOSITORY_CLASSES.bbServer,
  kinds: ['bbServer'],
  kindOf: () => 'bbServer',
  read: readServer,
  write: writeServer,
};

function readServer(place: ReadingPlace, entity: SpecMap): ReadState {
  const schema = z.strictObject({
    ...cloneShape(place.context),
    server: z.strictObject({ name: Text, id: Text }),
    projectKey: filled('projectKey'),
    repositorySlug: filled('repositorySlug'),
    branch: filled('branch', 'master'),
    sshPublicKey: Text,
    sshPrivateKey: z.string().nullish(),
    sshCloneUrl: Text,
    mirror: z.strictObject({ name: Text, url: Text }).nullish(),
    vcsChangeDetection: ChangeDetection,
  });
  const body = checked(schema.superRefine(requireWholeKeyPair), entity);
  const texts = Object.entries(TEXTS).map(([key, setting]) => [setting, body[key as keyof typeof TEXTS]]);
  const settings = {
    ...readClone(PREFIX, body),
    ...readChangeDetection(body.vcsChangeDetection),
    ...Object.fromEntries(texts),
    [LINK.name]: body.server.name,
    [LINK.id]: body.server.id,
    [MIRROR.name]: body.mirror?.name ?? '',
    [MIRROR.url]: body.mirror?.url ?? '',
  };
  const secrets = body.sshPrivateKey == null ? {} : { [PRIVATE_KEY]: secretFrom(place.context, 'sshPrivateKey', body.sshPrivateKey) };
  return { settings, secrets };
}

/** The library takes both halves of the key pair or none [A]. */
function requireWholeKeyPair(keys: { readonly sshPublicKey: string; readonly sshPrivateKey?: string | null | undefined }, context: z.RefinementCtx): void {
  for (const [name, other] of [
    ['sshPublicKey', 'sshPrivateKey'],
    ['sshPrivateKey', 'sshPublicKey'],
  ] as const)
    if ((keys[name] ?? '').trim() === '' && (keys[other] ?? '').trim() !== '') context.addIssue(`${name}: must not be blank`);
}

function writeServer(context: BambooContext, { settings, secrets }: Repository): SpecMap {
  const texts = Object.entries(TEXTS).map(([key, setting]) => [key, settings[setting] || null] as const);
  const mirror = { name: settings[MIRROR.name] || null, url: settings[MIRROR.url] || null };
  return {
    ...Object.fromEntries(texts),
    mirror: mirror.name === null ? null : mirror,
    server: { id: settings[LINK.id] || null, name: settings[LINK.name] || null },
    sshPrivateKey: secretInExport(context, secrets[PRIVATE_KEY]),
    ...writeClone(context, PREFIX, settings),
    vcsChangeDetection: writeChangeDetection(settings),
  };
}
