import type { BambooContext } from '../context.ts';
import { ImportRefused } from './import-refused.ts';

/** The secret that an imported text stands for: in clear, or encrypted by this server [P]; what another server has encrypted by a trait. */
export function secretFrom({ cipher, traits }: BambooContext, what: string, text: string): string {
  const clear = cipher.decrypt(text);
  if (clear !== null) return clear;
  if (traits.foreignSecrets === 'kept') return text;
  throw new ImportRefused(`${what}: was not encrypted by this server.`);
}

/** A secret as an export carries it: which way a server has is not known [I], so a trait decides. */
export function secretInExport({ cipher, traits }: BambooContext, secret: string | undefined): string | null {
  if (secret === undefined || traits.exportSecrets === 'omitted') return null;
  return traits.exportSecrets === 'clear' ? secret : cipher.encrypt(secret);
}
