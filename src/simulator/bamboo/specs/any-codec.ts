import { z } from 'zod';
import type { BambooContext } from '../context.ts';
import { flatten } from '../forms/controls.ts';
import type { Repository } from '../model.ts';
import { kindOfModuleKey, REPOSITORY_TYPES, type RepositoryKind } from '../repository-types.ts';
import { ChangeDetection, readChangeDetection, writeChangeDetection } from './change-detection.ts';
import { checked } from './checked.ts';
import type { ReadingPlace, ReadState, RepositoryCodec } from './repository-state.ts';
import { REPOSITORY_CLASSES } from './spec-classes.ts';
import { secretFrom, secretInExport } from './spec-secrets.ts';
import { isSpecMap, type SpecMap } from './spec-value.ts';

const Configuration = z.record(z.string(), z.string()).nullish();
const Body = z.strictObject({
  atlassianPlugin: z.strictObject({ completeModuleKey: z.string() }),
  serverConfiguration: Configuration,
  branchConfiguration: Configuration,
  branchDetectionConfiguration: Configuration,
  changeDetectionConfiguration: ChangeDetection,
});

/** A type that the library has no class for: a module key, and the plug-in's own settings by their names. */
export const ANY_CODEC: RepositoryCodec = {
  className: REPOSITORY_CLASSES.any,
  kinds: ['svn', 'example'],
  kindOf: anyKind,
  read: readAny,
  write: writeAny,
};

function anyKind({ atlassianPlugin: plugin }: SpecMap): RepositoryKind | null {
  const key = isSpecMap(plugin) ? plugin.completeModuleKey : null;
  const kind = typeof key === 'string' ? kindOfModuleKey(key) : null;
  return kind !== null && ANY_CODEC.kinds.includes(kind) ? kind : null;
}

function readAny({ context }: ReadingPlace, entity: SpecMap): ReadState {
  const body = checked(Body, entity);
  const own = Object.entries({ ...body.serverConfiguration, ...body.branchConfiguration, ...body.branchDetectionConfiguration });
  const secretNames = secretsOf(context, anyKind(entity) ?? 'example');
  const settings = own.filter(([name]) => !secretNames.includes(name));
  const secrets = own.filter(([name]) => secretNames.includes(name)).map(([name, text]) => [name, secretFrom(context, name, text)]);
  return { settings: { ...readChangeDetection(body.changeDetectionConfiguration), ...Object.fromEntries(settings) }, secrets: Object.fromEntries(secrets) };
}

function writeAny(context: BambooContext, { kind, settings, secrets }: Repository): SpecMap {
  const own = Object.entries(settings).filter(([name, value]) => /^repository\.(?!common\b)\w+\./.test(name) && value !== '');
  const hidden = Object.entries(secrets).flatMap(([name, secret]) => {
    const shown = secretInExport(context, secret);
    return shown === null ? [] : [[name, shown] as const];
  });
  return {
    atlassianPlugin: { completeModuleKey: REPOSITORY_TYPES[kind].moduleKey },
    branchConfiguration: null,
    branchDetectionConfiguration: null,
    changeDetectionConfiguration: writeChangeDetection(settings),
    serverConfiguration: Object.fromEntries([...own, ...hidden]),
  };
}

function secretsOf({ definitions }: BambooContext, kind: RepositoryKind): string[] {
  return flatten(definitions[kind]).flatMap((control) => (control.kind === 'secret' ? [control.setting] : []));
}
