import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { SimulatorRequest } from './compose-simulator.ts';
import { composeWire, type Wire } from './compose-wire.ts';
import { withCleanWords } from './core/clean-words.ts';
import type { Config } from './core/config.ts';
import { RekeyError } from './core/errors.ts';
import type { RunEvent } from './core/events.ts';
import type { Bamboo, Bitbucket, Clock, Documents, Http, LogFiles, RunStore, Runtime } from './core/ports.ts';
import { createRedactor, type Redactor } from './core/redactor.ts';
import { runId } from './core/run-id.ts';
import type { DatabaseProduct, SourceReading } from './core/source-reading.ts';
import { MACHINE_CLOCK } from './http/machine-clock.ts';
import { packageFile } from './package-files.ts';
import type { Secrets } from './settings/create-secrets.ts';
import type { ReadFile } from './settings/read-config.ts';
import type { SecretSources } from './settings/secret-bytes.ts';
import type { FileSystem } from './store/file-system.ts';
import type { Self } from './store/process-table.ts';
import { openTerminal, type TellingFlags, type Terminal } from './view/open-terminal.ts';
import type { Questions } from './view/questions.ts';

const NAME = 'bamboo-rekey';

/** What the command line says about the whole tool. */
interface RuntimeFlags extends TellingFlags {
  readonly config: string;
  readonly stateDir?: string;
  readonly noInput: boolean;
}

/** Everything of the process, as values. */
export interface RuntimeOptions {
  readonly version: string;
  readonly flags: RuntimeFlags;
  /** Events whose content the result tells again. */
  readonly repeats: readonly RunEvent['event'][];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Variables that references may name, too; programs that are started do not get them. */
  readonly givenSecrets?: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly self: Self;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Directory of the package, which holds the example configuration. */
  readonly home: URL;
  readonly stop: AbortSignal;
  readonly overrides?: Overrides;
}

/** Wraps the outermost edges, so that tests can break them at every call, and need not wait. */
export interface Overrides {
  readonly http?: (http: Http) => Http;
  readonly fileSystem?: (fileSystem: FileSystem) => FileSystem;
  readonly clock?: Clock;
  /** Reads the configuration. */
  readonly readConfig?: (read: ReadFile) => ReadFile;
}

/** What the parts of a runtime share. */
interface Base {
  readonly options: RuntimeOptions;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly terminal: Terminal;
  readonly wire: Wire;
  /** Absolute path of the configuration; what it names is relative to its directory. */
  readonly configPath: string;
}

/** Puts the adapters together; each is loaded and made on first use. */
export async function createRuntime(options: RuntimeOptions) {
  const { flags, stop, version } = options;
  const redactor = createRedactor();
  const clock = options.overrides?.clock ?? MACHINE_CLOCK;
  const terminal = await openTerminal({ ...options, tool: { name: NAME, version }, now: clock.now, redact: redactor.redact });
  const wire = composeWire({ clock, env: options.env, stop, tell: terminal.tell, debug: terminal.debug, edge: options.overrides?.http });
  const base: Base = { options, clock, redactor, terminal, wire, configPath: resolve(options.cwd, flags.config) };
  const whenStopped = (): void =>
    terminal.tell({ event: 'INTERRUPTED', detail: 'Stopping: nothing more is started, what is in flight ends. Ctrl-C again leaves at once.' });
  stop.addEventListener('abort', whenStopped);
  return {
    runtime: runtimeOf(base),
    runtimeFor: (config: string) => runtimeOf({ ...base, configPath: resolve(options.cwd, config), options: { ...options, flags: { ...flags, config } } }),
    screen: terminal.screen,
    configPath: flags.config,
    stateDir: flags.stateDir,
    noInput: flags.noInput,
    results: () => import('./view/results.ts'),
    print: terminal.print,
    announce: terminal.announce,
    debug: terminal.debug,
    template: async () => packageFile(options.home, 'config/bamboo-rekey.template.yaml'),
    printSql: async (product: DatabaseProduct) => (await import('./database/print-sql.ts')).printSql(product),
    createFile: (path: string, text: string) => createFile(base, path, text),
    questions: () => questionsAt(base),
    startSimulator: async (request: SimulatorRequest) =>
      (await import('./compose-simulator.ts')).composeSimulator(request, (path) => resolve(options.cwd, path)),
    close: async (): Promise<void> => {
      stop.removeEventListener('abort', whenStopped);
      terminal.close();
    },
  };
}

function runtimeOf(base: Base): Runtime {
  const { options, clock, terminal } = base;
  const config = once(() => readConfigOf(base));
  const trimmed = new Set<string>();
  const secrets = secretsOf(base, (keyPath) => trimmed.add(keyPath));
  const secretUnder = (section: 'tokens' | 'previous') => async (name: string) => {
    const entry = (await config())[section][name];
    if (entry === undefined) throw new RekeyError('CONFIG_INVALID', `There is no "${name}" under ${section} in ${options.flags.config}.`);
    return 'token' in entry ? secrets(`tokens.${name}.token`, entry.token, 'token') : secrets(`previous.${name}`, entry);
  };
  return {
    tool: { name: NAME, version: options.version },
    clock,
    stop: options.stop,
    documents: documentsOf(base),
    newRunId: (newest) => runId(clock.now(), randomBytes(3), newest),
    emit: terminal.tell,
    sendAtMost: base.wire.sendAtMost,
    config,
    bamboo: once(async () => bambooOf(base, await config(), secrets)),
    bitbucket: once(async () => bitbucketOf(base, (await config()).bitbucket)),
    otherSource: once(async () => sourceOf(base, await config(), secrets)),
    store: once(() => storeOf(base)),
    logs: once(() => logsOf(base)),
    tokenSecret: secretUnder('tokens'),
    tokenTrimmed: async (name) => {
      await secretUnder('tokens')(name);
      return trimmed.has(`tokens.${name}.token`);
    },
    previousSecret: secretUnder('previous'),
    everySecret: async () => (await import('./settings/every-secret.ts')).everySecret(await config(), secrets),
    hosts: base.wire.hosts,
    interactive: isInteractive(options),
    confirm: async (question) => (await questionsAt(base)).confirm(question),
  };
}

/** Makes something on first use, and once. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function readConfigOf(base: Base): Promise<Config> {
  const { readConfig } = await import('./settings/read-config.ts');
  const { cwd, flags, overrides } = base.options;
  const read: ReadFile = (path) => readFile(resolve(cwd, path));
  return readConfig(flags.config, overrides?.readConfig?.(read) ?? read, { secrets: await secretSourcesOf(base), today: base.clock.now() });
}

async function secretSourcesOf({ options, configPath }: Base): Promise<SecretSources> {
  const { runCommand } = await import('./settings/run-command.ts');
  const { env, givenSecrets } = options;
  return { baseDir: dirname(configPath), env, givenSecrets, readStdin: once(() => buffer(options.stdin)), runCommand };
}

/** Whatever is found is known to the redactor before anybody uses it. */
function secretsOf(base: Base, onTrimmed: (keyPath: string) => void): Secrets {
  const made = once(async () => {
    const { createSecrets } = await import('./settings/create-secrets.ts');
    return createSecrets(await secretSourcesOf(base), (secret, keyPath, wasTrimmed) => {
      base.redactor.register(secret);
      if (wasTrimmed) onTrimmed(keyPath);
    });
  });
  return async (keyPath, reference, shape) => (await made())(keyPath, reference, shape);
}

async function bambooOf(base: Base, config: Config, secrets: Secrets): Promise<Bamboo> {
  const { composeBamboo } = await import('./compose-bamboo.ts');
  return composeBamboo(config, {
    secrets,
    keepSecret: base.redactor.register,
    redact: base.redactor.redact,
    readText: (path) => documentsOf(base).read(resolve(dirname(base.configPath), path)),
    connect: async (tls) => (await base.wire.retry())(await base.wire.connect(tls)),
    resolvePath: (path) => resolve(dirname(base.configPath), path),
    clock: base.clock,
  });
}

/** The database or the file beside it, read once. */
async function sourceOf(base: Base, config: Config, secrets: Secrets): Promise<SourceReading | undefined> {
  const { composeSource } = await import('./compose-source.ts');
  const resolvePath = (path: string) => resolve(dirname(base.configPath), path);
  return composeSource(config, {
    secrets,
    resolvePath,
    readText: (path) => documentsOf(base).read(resolvePath(path)),
    env: base.options.env,
    signal: base.options.stop,
  });
}

async function bitbucketOf(base: Base, { api, git }: Config['bitbucket']): Promise<Bitbucket> {
  const { createBitbucket } = await import('./bitbucket/bitbucket.ts');
  const client = createBitbucket({ http: await base.wire.connect(), retry: await base.wire.retry(), clock: base.clock, api, git });
  return withCleanWords(client, base.redactor.redact);
}

async function fileSystemOf({ options }: Base): Promise<FileSystem> {
  const { nodeFileSystem } = await import('./store/file-system.ts');
  return options.overrides?.fileSystem?.(nodeFileSystem) ?? nodeFileSystem;
}

async function storeOf(base: Base): Promise<RunStore> {
  const { options, clock, terminal, configPath, redactor } = base;
  const { openRunStore } = await import('./store/run-store.ts');
  const { nodeProcessTable } = await import('./store/process-table.ts');
  const { withRedaction } = await import('./store/with-redaction.ts');
  const { stateDir } = options.flags;
  const store = openRunStore({
    directory: stateDir === undefined ? join(dirname(configPath), '.bamboo-rekey') : resolve(options.cwd, stateDir),
    fileSystem: await fileSystemOf(base),
    processes: nodeProcessTable(options.self),
    clock,
    platform: options.platform,
    warn: (detail) => terminal.tell({ event: 'WARNING', detail }),
  });
  return withRedaction(store, redactor.redact);
}

async function logsOf({ options }: Base): Promise<LogFiles> {
  const { openLogFiles } = await import('./store/logs/log-files.ts');
  return openLogFiles({ stdin: () => options.stdin, path: (name) => resolve(options.cwd, name) });
}

/** Paths are the user's: relative to where the command was typed. */
function documentsOf(base: Base): Documents {
  const opened = once(async () => {
    const { openDocuments } = await import('./store/documents.ts');
    return openDocuments(await fileSystemOf(base));
  });
  const { cwd } = base.options;
  return {
    read: async (path) => (await opened()).read(resolve(cwd, path)),
    makeDirectory: async (path) => (await opened()).makeDirectory(resolve(cwd, path)),
    write: async (path, text) => (await opened()).write(resolve(cwd, path), text),
    create: async (path, text) => (await opened()).create(resolve(cwd, path), text),
  };
}

async function createFile(base: Base, path: string, text: string): Promise<void> {
  const { createDurably } = await import('./store/write-durably.ts');
  const { named } = await import('./store/system-error.ts');
  await createDurably(await fileSystemOf(base), resolve(base.options.cwd, path), text).catch((thrown: unknown) => {
    throw named(thrown, 'FILE_UNWRITABLE', `Could not create ${path}`, 'Name another file with --config FILE, or move this one away.');
  });
}

function isInteractive({ flags, stdin, stderr }: RuntimeOptions): boolean {
  return stdin.isTTY === true && stderr.isTTY === true && !flags.noInput;
}

async function questionsAt({ options, terminal }: Base): Promise<Questions> {
  const { openQuestions } = await import('./view/questions.ts');
  return openQuestions({ input: options.stdin, output: options.stderr, signal: options.stop, pause: terminal.pause });
}
