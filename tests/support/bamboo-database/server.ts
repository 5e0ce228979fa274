import { execFile, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its key, PEM. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A real database server with a data folder of its own, on a free port of this machine. */
export interface DatabaseServer {
  readonly product: 'postgresql' | 'mysql';
  readonly port: number;
  /** Address of a database for `bamboo.database.url`. */
  url(user: string, password: string, database?: string): string;
  /** Runs statements as the owner of everything, with the product's own client. */
  run(sql: string, database?: string): void;
  /** The result of one SELECT as the product's own client writes it to a file: CSV, or text with tabs. */
  export(select: string): string;
  /** First lines of the statements that a user sent so far, as the server's own log tells it. */
  statements(user: string): string[];
  stop(): void;
}

const OWNER_PASSWORD = 'owner-of-everything';

/** A missing server is a failure of the tests: `.ci/run` installs both. */
function requireProgram(program: string): string {
  if (!existsSync(program)) throw new Error(`${program} is missing: apt-get install postgresql mariadb-server`);
  return program;
}

/** These servers refuse to run as root: then their own user runs them. */
function as(user: string, program: string, words: readonly string[]): [string, string[]] {
  return process.getuid?.() === 0 ? ['setpriv', [`--reuid=${user}`, `--regid=${user}`, '--clear-groups', program, ...words]] : [program, [...words]];
}

function folderOf(user: string): string {
  const folder = mkdtempSync(join(tmpdir(), `rekey-${user}-`));
  give(folder, user);
  return folder;
}

function give(path: string, user: string): void {
  if (process.getuid?.() !== 0) return;
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  chownSync(path, id('-u'), id('-g'));
}

function writeSecretly(path: string, text: string, user: string): string {
  writeFileSync(path, text, { mode: 0o600 });
  give(path, user);
  return path;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function addressOf(scheme: string, port: number): DatabaseServer['url'] {
  return (user, password, database = 'bamboo') => `${scheme}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/** Starts PostgreSQL of Debian's package. */
export async function startPostgresql(certificate?: ServerCertificate): Promise<DatabaseServer> {
  const version = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort().at(-1) : undefined;
  const program = (name: string) => requireProgram(`/usr/lib/postgresql/${version}/bin/${name}`);
  const folder = folderOf('postgres');
  const port = await freePort();
  const data = join(folder, 'data');
  const secret = writeSecretly(join(folder, 'owner'), OWNER_PASSWORD, 'postgres');
  const call = (name: string, ...words: string[]) => execFileSync(...as('postgres', program(name), words), { cwd: folder, stdio: 'ignore' });
  call('initdb', '-D', data, '-U', 'owner', '-A', 'scram-sha-256', '--pwfile', secret, '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync');
  const tls = certificate === undefined ? [] : tlsOfPostgresql(folder, data, certificate);
  const log = join(folder, 'log');
  const settings = [
    `-p ${port}`,
    `-k ${folder}`,
    '-c listen_addresses=127.0.0.1',
    '-c fsync=off',
    '-c log_statement=all',
    '-c log_line_prefix=%u@',
    ...tls,
  ].join(' ');
  call('pg_ctl', '-D', data, '-l', log, '-o', settings, '-w', '-t', '60', 'start');
  const client = (database: string, ...words: string[]) => [
    '-X',
    '-q',
    '-h',
    '127.0.0.1',
    '-p',
    String(port),
    '-U',
    'owner',
    '-d',
    database,
    '-v',
    'ON_ERROR_STOP=1',
    ...words,
  ];
  const env = { ...process.env, PGPASSWORD: OWNER_PASSWORD, PGSSLMODE: 'prefer', PGCLIENTENCODING: 'UTF8' };
  const run: DatabaseServer['run'] = (sql, database = 'bamboo') =>
    execFileSync('psql', client(database), { input: sql, env, stdio: ['pipe', 'ignore', 'pipe'] });
  run('CREATE DATABASE bamboo', 'postgres');
  return {
    product: 'postgresql',
    port,
    url: addressOf('postgres', port),
    run,
    export: (select) =>
      execFileSync('psql', client('bamboo', '--csv', '-f', '-'), { input: select, env, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 1e8 }),
    statements: (user) => linesOf(log).flatMap((line) => (line.startsWith(`${user}@`) ? (/(?:statement|execute \S+): (.*)$/.exec(line)?.[1] ?? []) : [])),
    stop: () => {
      call('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function tlsOfPostgresql(folder: string, data: string, { cert, key }: ServerCertificate): string[] {
  writeSecretly(join(data, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 scram-sha-256\n', 'postgres');
  const files = { cert: writeSecretly(join(folder, 'tls.pem'), cert, 'postgres'), key: writeSecretly(join(folder, 'tls.key'), key, 'postgres') };
  return ['-c ssl=on', `-c ssl_cert_file=${files.cert}`, `-c ssl_key_file=${files.key}`];
}

/** Starts MariaDB of Debian's package. */
export async function startMariadb(certificate?: ServerCertificate): Promise<DatabaseServer> {
  const folder = folderOf('mysql');
  const port = await freePort();
  const data = join(folder, 'data');
  const socket = join(folder, 'socket');
  const log = join(folder, 'log');
  const install = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
  execFileSync(...as('mysql', requireProgram('/usr/bin/mariadb-install-db'), install), { cwd: folder, stdio: 'ignore' });
  const tls = certificate === undefined ? [] : tlsOfMariadb(folder, certificate);
  const settings = [`--datadir=${data}`, `--socket=${socket}`, `--port=${port}`, '--bind-address=127.0.0.1', `--pid-file=${join(folder, 'pid')}`, ...tls];
  const logging = ['--general-log=1', `--general-log-file=${log}`, `--log-error=${join(folder, 'error')}`, '--character-set-server=utf8mb4'];
  const server = spawn(...as('mysql', requireProgram('/usr/sbin/mariadbd'), ['--no-defaults', ...settings, ...logging]), { cwd: folder, stdio: 'ignore' });
  const client = ['--no-defaults', `--socket=${socket}`, '-uroot', '--default-character-set=utf8mb4'];
  await new Promise<void>((resolve, reject) => {
    server.once('exit', () => reject(new Error(`mariadbd ended: ${readFileSync(join(folder, 'error'), 'utf8').slice(-2000)}`)));
    execFile('mariadb-admin', [...client, '--wait=60', 'ping'], (error) => (error === null ? resolve() : reject(error)));
  });
  const run: DatabaseServer['run'] = (sql, database = 'bamboo') =>
    execFileSync('mariadb', [...client, database], { input: sql, stdio: ['pipe', 'ignore', 'pipe'] });
  run('CREATE DATABASE bamboo CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', 'mysql');
  return {
    product: 'mysql',
    port,
    url: addressOf('mysql', port),
    run,
    export: (select) =>
      execFileSync('mariadb', [...client, '--batch', 'bamboo'], { input: select, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 1e8 }),
    statements: (user) => mariadbStatements(linesOf(log), user),
    stop: () => {
      server.removeAllListeners('exit');
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function tlsOfMariadb(folder: string, { cert, key }: ServerCertificate): string[] {
  return [`--ssl-cert=${writeSecretly(join(folder, 'tls.pem'), cert, 'mysql')}`, `--ssl-key=${writeSecretly(join(folder, 'tls.key'), key, 'mysql')}`];
}

function linesOf(log: string): string[] {
  return readFileSync(log, 'utf8').split('\n');
}

/** The general log tells the user once, and then the number of the connection. */
function mariadbStatements(lines: readonly string[], user: string): string[] {
  const connections = new Set(lines.flatMap((line) => (line.includes(` Connect\t${user}@`) ? (/(\d+) Connect/.exec(line)?.[1] ?? []) : [])));
  return lines.flatMap((line) => {
    const [, connection = '', statement = ''] = /(\d+) (?:Query|Execute|Prepare)\t(.*)$/.exec(line) ?? [];
    return connections.has(connection) ? [statement] : [];
  });
}
