import { z } from 'zod';
import { isAtLeast } from './version.ts';

/** The states that `GET /info` may name. */
const SERVER_STATES = ['SETUP', 'STARTING', 'RUNNING', 'PAUSING', 'PREPARING_FOR_RESTART', 'READY_FOR_RESTART', 'PAUSED'] as const;

const COUNT = z.number().int().positive();

/** What may be changed while the server runs. */
export const SwitchesPatch = z.strictObject({
  /** The state that the server tells. */
  state: z.enum(SERVER_STATES).optional(),
  /** Error bodies of REST as JSON or as XML. */
  errors: z.enum(['json', 'xml']).optional(),
  /** Administrator pages want a secure administrator session: on from 10.0, off below. */
  webSudo: z.boolean().optional(),
  /** The password opens a secure administrator session, or never does. */
  elevation: z.enum(['granted', 'refused']).optional(),
  /** Whether users have an authenticator app: the two-step screen then asks for a code. */
  totp: z.boolean().optional(),
  /** People log in at another origin: the login page leads there, or every page does at once. No password works then. */
  singleSignOn: z.enum(['off', 'login-page', 'at-once']).optional(),
  /** An access proxy that wants headers of its own, and shows its login page or redirects to it. */
  accessProxy: z.enum(['off', 'page', 'redirect']).optional(),
  /** A load balancer pins each session to a node by a cookie of its own. */
  loadBalancer: z.boolean().optional(),
  /** Pages take a personal access token. */
  patOnPages: z.boolean().optional(),
  /** How builds end. */
  builds: z.enum(['by-credential', 'checkout-fails', 'later-step-fails', 'not-built', 'stay-queued']).optional(),
  /** Milliseconds from the queue to the end of a build. */
  buildMs: z.number().nonnegative().optional(),
  /** A build goes on with time, or by one state each time its result is asked for. */
  buildPace: z.enum(['time', 'polls']).optional(),
  /** How an exported document appears: with the answer, later, cut off first and whole later, cut off for good, or never. */
  exports: z.enum(['at-once', 'late', 'half-then-whole', 'half', 'never']).optional(),
  /** Milliseconds until an exported document is there as a whole, where it is not at once. */
  exportMs: z.number().nonnegative().optional(),
  /** What a deletion does: delete, nothing but lead to the login form, or nothing although answered as done. */
  deletions: z.enum(['done', 'login-form', 'ignored']).optional(),
  /** Milliseconds added to every answer. */
  latencyMs: z.number().nonnegative().optional(),
  /** Rate limiting, a bucket of tokens for each user: off, or how many it holds, and how many come back after each interval. */
  rateLimit: z.union([z.literal('off'), z.strictObject({ limit: COUNT, fillRate: COUNT, intervalSeconds: COUNT })]).optional(),
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
export function usualSwitches(version: string): Switches {
  return {
    state: 'RUNNING',
    errors: 'json',
    webSudo: isAtLeast(version, 10, 0),
    elevation: 'granted',
    totp: false,
    singleSignOn: 'off',
    accessProxy: 'off',
    loadBalancer: false,
    patOnPages: false,
    builds: 'by-credential',
    buildMs: 200,
    buildPace: 'time',
    exports: 'at-once',
    exportMs: 300,
    deletions: 'done',
    latencyMs: 0,
    rateLimit: 'off',
    repositoryList: 'current',
    baseUrl: '',
  };
}
