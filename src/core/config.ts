import { z } from 'zod';
import { type Kind, Level } from './model.ts';
import { RouteName } from './plan-file.ts';
import { NEEDED_SCOPES, ScopeNeed } from './scopes.ts';

export const SecretReference = z
  .union(
    [
      z.strictObject({ env: z.string().min(1) }),
      z.strictObject({ file: z.string().min(1) }),
      z.strictObject({ command: z.array(z.string().min(1)).min(1) }),
      z.strictObject({ stdin: z.literal(true) }),
    ],
    {
      error:
        'expected a reference to the secret: {env: NAME}, {file: PATH}, {command: [PROGRAM, ARGUMENT…]} or {stdin: true}; a secret itself never stands in this file',
    },
  )
  .describe('Where a secret is: never the secret itself.');
/** Where a secret is to be found. */
export type SecretReference = z.infer<typeof SecretReference>;

const HttpUrl = z
  .string()
  .superRefine((text, context) => {
    if (!/^https?:\/\//i.test(text)) return context.addIssue({ code: 'custom', message: 'expected an address that begins with https:// (or http://)' });
    if (!URL.canParse(text)) return context.addIssue({ code: 'custom', message: 'expected a valid address' });
    const url = new URL(text);
    if (url.username !== '' || url.password !== '')
      context.addIssue({ code: 'custom', message: 'expected no user name or password inside the address; give them under login' });
    if (url.search !== '' || url.hash !== '') context.addIssue({ code: 'custom', message: 'expected an address without ? and #' });
  })
  .transform((text) => text.replace(/\/+$/, ''));

const Day = z.iso.date({ error: 'expected the day the token runs out, as YYYY-MM-DD' });

const Login = z.union(
  [z.strictObject({ username: z.string().min(1), password: SecretReference, totp: SecretReference.optional() }), z.strictObject({ session: SecretReference })],
  { error: 'expected {username, password, totp?} or {session}, each secret as a reference' },
);

const Tls = z.strictObject({ ca: z.string().optional(), cert: z.string().optional(), key: SecretReference.optional() });

const Bamboo = z.strictObject({
  url: HttpUrl,
  rest: z.strictObject({ token: SecretReference }).optional(),
  login: Login.optional(),
  headers: z.record(z.string(), SecretReference).default({}),
  tls: Tls.optional(),
  home: z.strictObject({ server: z.string().min(1), local: z.string().min(1) }).optional(),
  database: z.strictObject({ url: SecretReference }).optional(),
  inventoryFile: z.string().optional(),
  form: z.strictObject({ changeFlag: z.string().min(1), secret: z.string().min(1) }).optional(),
});

/** "1,000 requests on repository data, 60,000 git operations" per user and rolling hour [D]. */
const Quota = z.strictObject({ rest: z.number().int().min(1).default(1_000), git: z.number().int().min(1).default(60_000) });

const Bitbucket = z.strictObject({
  api: HttpUrl.default('https://api.bitbucket.org/2.0'),
  git: HttpUrl.default('https://bitbucket.org'),
  scopes: z.array(ScopeNeed).default([...NEEDED_SCOPES]),
  quota: Quota.prefault({}),
  /** Percent of the quota that is left to Bamboo, which polls on the same account. */
  reserve: z.number().min(0).max(99).default(20),
});

const Token = z.strictObject({ email: z.string().min(1), token: SecretReference, expires: Day });

const Assignment = z.strictObject({
  token: z.string().min(1),
  project: z.string().optional(),
  plan: z.string().optional(),
  level: Level.optional(),
  workspace: z.string().optional(),
  repository: z.string().optional(),
  username: z.string().optional(),
  sharedCredential: z.string().optional(),
  acceptUsers: z.boolean().optional(),
});
/** One row of `assign`: the keys given are AND; values are globs. */
export type Assignment = z.infer<typeof Assignment>;

const Apply = z.strictObject({
  concurrency: z.number().int().min(1).max(64).default(8),
  batch: z.number().int().min(1).default(25),
  canary: z.number().int().min(0).default(1),
  maxFailures: z.number().int().min(0).default(3),
  route: z.enum(['auto', ...RouteName.options]).default('auto'),
});

function isTable(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** `bamboo-rekey.yaml`. Paths inside are relative to the file. */
export const Config = z
  .strictObject({
    bamboo: Bamboo,
    bitbucket: Bitbucket.prefault({}),
    tokens: z.record(z.string(), Token).default({}),
    assign: z.array(Assignment).default([]),
    previous: z.record(z.string(), SecretReference).default({}),
    apply: Apply.prefault({}),
  })
  .superRefine(
    (config, context) => {
      const known = isTable(config.tokens) ? Object.keys(config.tokens) : [];
      for (const [index, rule] of Array.isArray(config.assign) ? config.assign.entries() : []) {
        if (typeof rule?.token !== 'string' || rule.token === '' || known.includes(rule.token)) continue;
        const message = `expected the name of a token under tokens${known.length === 0 ? ', which has none' : `: ${known.join(', ')}`}`;
        context.addIssue({ code: 'custom', path: ['assign', index, 'token'], message });
      }
    },
    // Runs although other things are wrong, on whatever was given, so that all problems are told at once.
    { when: ({ value }) => isTable(value) },
  );
/** Checked settings. */
export type Config = z.infer<typeof Config>;

/** What the command line may select by; different flags are AND, values of one flag are OR. */
export interface Selection {
  readonly project?: readonly string[];
  readonly workspace?: readonly string[];
  readonly level?: readonly Level[];
  readonly kind?: readonly Kind[];
  /** Globs over the name and over `workspace/slug`. */
  readonly repository?: readonly string[];
  /** Take what the selected projects merely use, too. */
  readonly includeUsed?: boolean;
}
