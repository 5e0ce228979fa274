import { toRekeyError } from '../core/errors.ts';
import type { Bamboo } from '../core/ports.ts';

/**
 * Why no web page is open to us; undefined where one is. Bamboo's connection test is asked with the names of a form's fields [P], so that without pages
 * there is nothing to ask with.
 * @throws RekeyError as a login does that was refused
 */
export async function closedPages(bamboo: Bamboo, signal?: AbortSignal): Promise<string | undefined> {
  try {
    await bamboo.login(signal);
    return undefined;
  } catch (thrown) {
    const { code, message } = toRekeyError(thrown);
    if (code === 'LOGIN_MISSING') return message;
    throw thrown;
  }
}
