import type { Session, SimulatorRequest } from '../../src/cli/session.ts';
import { RekeyError } from '../../src/core/errors.ts';
import type { RunEvent } from '../../src/core/events.ts';
import type { RunStore, Runtime } from '../../src/core/ports.ts';
import * as results from '../../src/view/results.ts';
import { PIPE } from './view-samples.ts';

/** What a command did to the world around it. */
export interface Seen {
  readonly events: RunEvent[];
  readonly printed: string[];
  readonly files: Map<string, string>;
  readonly simulators: { request: SimulatorRequest; closed: boolean }[];
  closed(): boolean;
}

/** What a test decides about a session. */
export interface SessionParts {
  readonly store?: Partial<RunStore>;
  readonly configFailure?: Error;
  readonly stop?: AbortSignal;
  readonly noInput?: boolean;
  readonly interactive?: boolean;
  readonly answers?: string[];
  readonly files?: Map<string, string>;
}

function unused(): never {
  throw new RekeyError('INTERNAL', 'this test gives no such part');
}

/** A session in memory, and what was seen of it. */
export function fakeSession(parts: SessionParts = {}): { session: Session; seen: Seen } {
  let closed = false;
  const seen: Seen = { events: [], printed: [], files: parts.files ?? new Map(), simulators: [], closed: () => closed };
  const session: Session = {
    runtime: fakeRuntime(parts, seen),
    runtimeFor: unused,
    screen: PIPE,
    configPath: 'bamboo-rekey.yaml',
    noInput: parts.noInput ?? false,
    results: async () => results,
    print: (text) => seen.printed.push(text),
    announce: (line) => seen.printed.push(line),
    debug: () => undefined,
    template: async () => '# the template\n',
    createFile: async (path, text) => {
      if (seen.files.has(path)) throw new RekeyError('FILE_UNWRITABLE', `Could not write ${path}: something stands there already.`);
      seen.files.set(path, text);
    },
    questions: async () => ({ text: async () => parts.answers?.shift() ?? unused() }),
    startSimulator: async (request) => {
      const simulator = { request, closed: false };
      seen.simulators.push(simulator);
      return {
        ready: { bamboo: 'http://127.0.0.1:1' },
        close: async () => {
          simulator.closed = true;
        },
      };
    },
    close: async () => {
      closed = true;
    },
  };
  return { session, seen };
}

function fakeRuntime(parts: SessionParts, seen: Seen): Runtime {
  return {
    tool: { name: 'bamboo-rekey', version: '0.1.0' },
    clock: { now: () => new Date('2026-11-24T21:03:11Z'), sleep: async () => undefined },
    stop: parts.stop ?? new AbortController().signal,
    documents: { read: unused, makeDirectory: unused, write: unused },
    newRunId: unused,
    emit: (event) => seen.events.push(event),
    config: async () => {
      throw parts.configFailure ?? new RekeyError('CONFIG_MISSING', 'no configuration');
    },
    bamboo: unused,
    bitbucket: unused,
    logs: unused,
    store: async () => ({ lock: unused, create: unused, reopen: unused, read: unused, list: unused, ...parts.store }),
    tokenSecret: unused,
    tokenTrimmed: unused,
    previousSecret: unused,
    interactive: parts.interactive ?? false,
    confirm: unused,
  };
}
