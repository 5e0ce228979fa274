import type { BambooContext } from '../context.ts';
import { isAtLeast } from '../version.ts';
import { durationText } from './duration.ts';
import { DURATION_CLASS } from './spec-classes.ts';
import { flag, seconds } from './spec-fields.ts';
import { CLASS, type SpecMap, type SpecValue } from './spec-value.ts';

/** The keys that all Git-like types share, and the settings that they stand for. */
const FLAGS = {
  useShallowClones: 'useShallowClones',
  useRemoteAgentCache: 'useRemoteAgentCache',
  useSubmodules: 'useSubmodules',
  verboseLogs: 'verbose.logs',
  fetchWholeRepository: 'fetch.whole.repository',
  useLfs: 'lfs.repository',
} as const;

const SSH_SUBMODULES = 'sshKeyAppliesToSubmodules';
const THREE_HOURS = 3 * 3600;

/** Schema of those keys; `sshKeyAppliesToSubmodules` came with 8.0 [A]. Left out, the agents' cache is off for Bitbucket Cloud alone [A]. */
export function cloneShape({ version }: BambooContext, cache = true) {
  return {
    useShallowClones: flag(),
    useRemoteAgentCache: flag(cache),
    useSubmodules: flag(),
    verboseLogs: flag(),
    fetchWholeRepository: flag(),
    useLfs: flag(),
    commandTimeout: seconds(THREE_HOURS),
    ...(isAtLeast(version, 8, 0) ? { [SSH_SUBMODULES]: flag() } : {}),
  };
}

/** The settings under a type's prefix; the server counts the timeout in whole minutes. */
export function readClone(prefix: string, body: Readonly<Record<string, unknown>>): Record<string, string> {
  const flags = Object.entries(FLAGS).map(([key, setting]) => [`${prefix}.${setting}`, String(body[key])]);
  const settings: Record<string, string> = Object.fromEntries(flags);
  settings[`${prefix}.commandTimeout`] = String(Math.floor(Number(body.commandTimeout) / 60));
  if (body[SSH_SUBMODULES] !== undefined) settings[`${prefix}.${SSH_SUBMODULES}`] = String(body[SSH_SUBMODULES]);
  return settings;
}

/** The same keys for an export. */
export function writeClone({ version }: BambooContext, prefix: string, settings: Readonly<Record<string, string>>): Record<string, SpecValue> {
  const isOn = (setting: string): boolean => settings[`${prefix}.${setting}`] === 'true';
  const flags = Object.entries(FLAGS).map(([key, setting]) => [key, isOn(setting)] as const);
  return {
    ...Object.fromEntries(flags),
    commandTimeout: durationValue(Number(settings[`${prefix}.commandTimeout`] ?? '180') * 60),
    ...(isAtLeast(version, 8, 0) ? { [SSH_SUBMODULES]: isOn(SSH_SUBMODULES) } : {}),
  };
}

/** A length of time as a value of a document: the writer makes a tagged scalar of it. */
export function durationValue(length: number): SpecMap {
  return { [CLASS]: DURATION_CLASS, text: durationText(length) };
}
