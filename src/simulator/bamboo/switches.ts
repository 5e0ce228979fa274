import { z } from 'zod';

/** The states that `GET /info` may name. */
const SERVER_STATES = ['SETUP', 'STARTING', 'RUNNING', 'PAUSING', 'PREPARING_FOR_RESTART', 'READY_FOR_RESTART', 'PAUSED'] as const;

/** What may be changed while the server runs. */
export const SwitchesPatch = z.strictObject({
  /** The state that the server tells. */
  state: z.enum(SERVER_STATES).optional(),
  /** Error bodies of REST as JSON or as XML. */
  errors: z.enum(['json', 'xml']).optional(),
  /** Administrator pages ask for the password once more. */
  webSudo: z.boolean().optional(),
  /** Milliseconds added to every answer. */
  latencyMs: z.number().nonnegative().optional(),
  /** What the repository select of a Bitbucket Cloud form carries. */
  repositoryList: z.enum(['current', 'failed', 'empty']).optional(),
  /** The configured base URL where it is not the address in use; an empty text takes it away. */
  baseUrl: z.string().optional(),
});

/** A change of some switches. */
export type SwitchesPatch = z.infer<typeof SwitchesPatch>;

/** What one server does at the moment. */
export type Switches = { -readonly [Name in keyof SwitchesPatch]-?: Exclude<SwitchesPatch[Name], undefined> };

/** Every switch in its place of rest. */
export function usualSwitches(): Switches {
  return { state: 'RUNNING', errors: 'json', webSudo: false, latencyMs: 0, repositoryList: 'current', baseUrl: '' };
}
