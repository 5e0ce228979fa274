import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { expect, it } from '@jest/globals';
import { createRuntime } from '../../src/runtime.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const temporary = temporaryDirectories();
const VALUE = `ATATT3xFfGF0${'a1B2'.repeat(40)}`;

it('a secret is known to everything that leaves the process as soon as its reference was followed', async () => {
  const directory = temporary();
  const tokens = { ci: { email: 'ci@acme.example', token: { env: 'CI_TOKEN' }, expires: '2027-09-30' } };
  writeFileSync(join(directory, 'bamboo-rekey.yaml'), JSON.stringify({ bamboo: { url: 'https://bamboo.example.com' }, tokens }));
  const written: string[] = [];
  const output = (): NodeJS.WriteStream =>
    new Writable({ write: (chunk, _encoding, done) => void done(void written.push(String(chunk))) }) as NodeJS.WriteStream;
  const session = await createRuntime({
    version: '0.0.0',
    flags: { config: 'bamboo-rekey.yaml', json: false, quiet: false, noColor: true, noInput: true },
    repeats: [],
    cwd: directory,
    env: { CI_TOKEN: VALUE },
    platform: process.platform,
    self: { host: 'here', pid: process.pid, signal: () => undefined },
    stdin: new PassThrough().end() as unknown as NodeJS.ReadStream,
    stdout: output(),
    stderr: output(),
    home: pathToFileURL(`${directory}/`),
    stop: new AbortController().signal,
  });
  expect((await session.runtime.tokenSecret('ci')).reveal()).toBe(VALUE);
  session.runtime.emit({ event: 'WARNING', detail: `the server said ${VALUE}` });
  session.print(`and again ${VALUE}\n`);
  await session.close();
  expect(written.join('')).not.toContain(VALUE);
  expect(written.join('').match(/\[secret\]/g)).toHaveLength(2);
});
