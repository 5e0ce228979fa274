import { RekeyError } from './errors.ts';

/** Takes every known secret out of a text. */
type Clean = (text: string) => string;

/**
 * Wraps what speaks with a server, so that no secret leaves it in the words of that server: a careless trace repeats what was sent. Cleaned are messages of errors
 * and every reason (`why`) of an answer; what was read of the server's objects stays as it is.
 */
export function withCleanWords<Port extends object>(port: Port, clean: Clean): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]) => cleanCall(() => Reflect.apply(member, target, parameters) as unknown, clean);
    },
  });
}

function cleanCall(call: () => unknown, clean: Clean): unknown {
  try {
    const given = call();
    return given instanceof Promise
      ? given.then(
          (value: unknown) => cleanValue(value, clean),
          (thrown: unknown) => Promise.reject(cleanError(thrown, clean)),
        )
      : cleanValue(given, clean);
  } catch (thrown) {
    throw cleanError(thrown, clean);
  }
}

/** The stack stays that of the cause; a message without secrets is left alone. */
function cleanError(thrown: unknown, clean: Clean): unknown {
  if (!(thrown instanceof RekeyError)) return thrown;
  const [message, remedy] = [clean(thrown.message), clean(thrown.remedy)];
  return message === thrown.message && remedy === thrown.remedy ? thrown : new RekeyError(thrown.code, message, { remedy });
}

/** Parts of an answer that hold a reason, or that speak with the server again. */
const PARTS = ['unread', 'broken', 'object'] as const;

function cleanValue(value: unknown, clean: Clean): unknown {
  if (Array.isArray(value)) return value.map((each) => cleanValue(each, clean));
  if (typeof value !== 'object' || value === null) return value;
  if (isSpeaking(value)) return withCleanWords(value, clean);
  const found = value as Readonly<Record<string, unknown>>;
  const changed: Record<string, unknown> = typeof found.why === 'string' ? { why: clean(found.why) } : {};
  for (const part of PARTS) if (part in found) changed[part] = cleanValue(found[part], clean);
  return Object.keys(changed).length === 0 ? value : { ...value, ...changed };
}

/** A route, or an object that can be written. */
function isSpeaking(value: object): boolean {
  return Object.values(value).some((member) => typeof member === 'function');
}
