import { z } from 'zod';

const count = z.number().int();

export const SecretOrigin = z.strictObject({
  /** Where the reference stands in the settings, such as `tokens.ci.token`. */
  key: z.string(),
  from: z.enum(['env', 'file', 'command', 'stdin']),
  /** Name of the variable, path of the file, or the program; never what it gives. */
  name: z.string(),
  /** In how many files its value was found; null where it was not looked for. */
  foundIn: count.nullable(),
  why: z.string().optional(),
});
/** Where one configured secret comes from, and whether its value stands in anything that was kept. */
export type SecretOrigin = z.infer<typeof SecretOrigin>;

export const HostCalls = z.strictObject({ host: z.string(), requests: count, failures: count });
/** What one host was asked. */
export type HostCalls = z.infer<typeof HostCalls>;

export const ServerFiles = z.strictObject({ files: count, folders: z.array(z.string()) });
/** Files that exports made the server write. */
export type ServerFiles = z.infer<typeof ServerFiles>;

export const Evidence = z.strictObject({
  /** null where the configuration could not be read. */
  secrets: z.array(SecretOrigin).nullable(),
  /** What was searched, by value and in every form that a secret can take there. */
  searched: z.array(z.strictObject({ name: z.string(), bytes: count, finds: z.array(z.string()) })),
  /** null where nothing recorded them. */
  hosts: z.array(HostCalls).nullable(),
  serverFiles: ServerFiles.nullable(),
});
/** Why to believe that no secret leaked. */
export type Evidence = z.infer<typeof Evidence>;
