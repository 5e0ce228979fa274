import { type Switches, usualSwitches } from './bamboo/switches.ts';
import { type Traits, USUAL_TRAITS } from './bamboo/traits.ts';
import type { TokenSpec } from './bitbucket/world.ts';
import { profileNamed } from './profiles.ts';

/** What a simulator may be told when it starts. */
export interface SimulatorOptions {
  /** Port of Bamboo; Bitbucket takes the next one. 0, or nothing, takes free ports. */
  readonly port?: number | undefined;
  readonly seed?: string | undefined;
  /** How many repositories; 60 unless told otherwise. */
  readonly repositories?: number | undefined;
  /** The name of a profile, see `PROFILES`. */
  readonly profile?: string | undefined;
  readonly version?: string | undefined;
  readonly contextPath?: string | undefined;
  readonly latencyMs?: number | undefined;
  /** The clock of Bitbucket. */
  readonly now?: (() => Date) | undefined;
  /** The API tokens that Bitbucket knows; one good one unless told otherwise. */
  readonly tokens?: readonly Partial<TokenSpec>[] | undefined;
  readonly traits?: Partial<Traits> | undefined;
  readonly switches?: Partial<Switches> | undefined;
}

/** The options with everything filled in. */
export interface Settings {
  readonly port: number;
  readonly seed: string;
  readonly repositories: number;
  readonly version: string;
  readonly contextPath: string;
  readonly traits: Traits;
  readonly switches: Switches;
  readonly tokens: Partial<TokenSpec>[];
  readonly now: () => Date;
}

/** Fills in what was not said, from the profile. */
export function settingsFrom(options: SimulatorOptions): Settings {
  const profile = profileNamed(options.profile ?? 'standard');
  const version = options.version ?? profile.version;
  const switches = usualSwitches(version);
  if (profile.xmlErrors === true) switches.errors = 'xml';
  return {
    port: options.port ?? 0,
    seed: options.seed ?? 'bamboo',
    repositories: options.repositories ?? 60,
    version,
    contextPath: (options.contextPath ?? profile.contextPath).replace(/\/+$/, ''),
    traits: { ...USUAL_TRAITS, ...profile.traits, ...options.traits },
    switches: { ...switches, baseUrl: profile.baseUrl ?? '', latencyMs: options.latencyMs ?? 0, ...options.switches },
    tokens: [...(options.tokens ?? [{ name: 'ci', email: 'ci@acme.example' }])],
    now: options.now ?? (() => new Date()),
  };
}
