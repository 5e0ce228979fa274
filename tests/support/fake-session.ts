import type { Questions, Session, SimulatorRequest } from '../../src/cli/session.ts';
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
  /** Questions, and what was wrong with answers. */
  readonly asked: string[];
  readonly problems: string[];
  readonly simulators: { request: SimulatorRequest; closed: boolean }[];
  closed(): boolean;
}

/** What a test decides about a session. */
export interface SessionParts {
  readonly store?: Partial<RunStore>;
  readonly configFailure?: Error;
  readonly stop?: AbortSignal;
  readonly configPath?: string;
  readonly stateDir?: string;
  readonly noInput?: boolean;
  readonly interactive?: boolean;
  readonly answers?: string[];
  /** The server that the configuration of `init` leads to. */
  readonly tried?: Partial<Runtime>;
  readonly files?: Map<string, string>;
}

function unused(): never {
  throw new RekeyError('INTERNAL', 'this test gives no such part');
}

/** A session in memory, and what was seen of it. */
export function fakeSession(parts: SessionParts = {}): { session: Session; seen: Seen } {
  let closed = false;
  const seen: Seen = { events: [], printed: [], files: parts.files ?? new Map(), simulators: [], asked: [], problems: [], closed: () => closed };
  const session: Session = {
    runtime: fakeRuntime(parts, seen),
    runtimeFor: () => ({ ...fakeRuntime(parts, seen), ...parts.tried }),
    screen: PIPE,
    configPath: parts.configPath ?? 'bamboo-rekey.yaml',
    stateDir: parts.stateDir,
    noInput: parts.noInput ?? false,
    results: async () => results,
    print: (text) => seen.printed.push(text),
    announce: (line) => seen.printed.push(line),
    debug: () => undefined,
    template: async () => '# the template\n',
    printSql: async (product) => `SELECT for ${product}`,
    createFile: async (path, text) => {
      if (seen.files.has(path)) throw new RekeyError('FILE_UNWRITABLE', `Could not write ${path}: something stands there already.`);
      seen.files.set(path, text);
    },
    questions: async () => fakeQuestions(parts.answers ?? [], seen),
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

/** Takes the answers in turn; those with a problem are asked for again, as a terminal does. */
function fakeQuestions(answers: string[], seen: Seen): Questions {
  const next = (): string => answers.shift() ?? unused();
  return {
    text: async (question, { proposal = '', problem } = {}) => {
      seen.asked.push(question);
      for (;;) {
        const answer = next() || proposal;
        const why = problem?.(answer);
        if (why === undefined) return answer;
        seen.problems.push(why);
      }
    },
    choose: async (question, choices) => {
      seen.asked.push(question);
      const answer = next();
      return choices.find(([choice]) => choice === answer)?.[0] ?? unused();
    },
  };
}

function fakeRuntime(parts: SessionParts, seen: Seen): Runtime {
  return {
    tool: { name: 'bamboo-rekey', version: '0.1.0' },
    clock: { now: () => new Date('2026-11-24T21:03:11Z'), sleep: async () => undefined },
    stop: parts.stop ?? new AbortController().signal,
    documents: {
      read: async (path) => seen.files.get(path) ?? unused(),
      makeDirectory: unused,
      write: async (path, text) => void seen.files.set(path, [...text].join('')),
      create: async (path, text) => {
        if (seen.files.has(path)) throw new RekeyError('FILE_UNWRITABLE', `${path} exists already.`);
        seen.files.set(path, text);
      },
    },
    newRunId: unused,
    emit: (event) => seen.events.push(event),
    sendAtMost: () => undefined,
    config: async () => {
      throw parts.configFailure ?? new RekeyError('CONFIG_MISSING', 'no configuration');
    },
    bamboo: unused,
    bitbucket: unused,
    otherSource: async () => undefined,
    logs: unused,
    store: async () => ({ lock: unused, create: unused, reopen: unused, read: unused, list: unused, artefacts: async () => [], ...parts.store }),
    tokenSecret: unused,
    tokenTrimmed: unused,
    previousSecret: unused,
    everySecret: unused,
    hosts: () => [],
    interactive: parts.interactive ?? false,
    confirm: unused,
  };
}
