import type { FileSystem, OpenFile } from '../../src/store/file-system.ts';

/** Stands around one call: it may run the act, not run it, or fail after it. `step` is e.g. `rename /a/b`. */
export type Around = <T>(step: string, act: () => Promise<T>) => Promise<T>;

/** A file system whose every call, also on the files it opens, goes through `around`. No call can be forgotten: it is a proxy. */
export function intercept(inner: FileSystem, around: Around): FileSystem {
  return wrap(inner, '', around);
}

function wrap<T extends object>(target: T, prefix: string, around: Around): T {
  return new Proxy(target, {
    get: (object, name, receiver) => {
      const method: unknown = Reflect.get(object, name, receiver);
      if (typeof method !== 'function' || typeof name !== 'string') return method;
      return async (...parameters: unknown[]) => {
        const path = prefix === '' ? String(parameters[0]) : prefix;
        const result: unknown = await around(`${name} ${path}`, () => Reflect.apply(method, object, parameters));
        return isOpenFile(result) ? wrap(result, path, around) : result;
      };
    },
  });
}

function isOpenFile(value: unknown): value is OpenFile {
  return typeof value === 'object' && value !== null && 'syncData' in value;
}

/** An error as the operating system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made by a test`), { code });
}
