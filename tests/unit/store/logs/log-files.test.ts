import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { LogReading } from '../../../../src/core/ports.ts';
import { openLogFiles } from '../../../../src/store/logs/log-files.ts';
import { temporaryDirectories } from '../../../support/temporary-directory.ts';

const directory = temporaryDirectories();
const LINE = '2026-08-09 10:00:00,000 WARN MARK\n';

async function scan(
  content: string | Uint8Array,
  name = 'bamboo.log',
  signal = new AbortController().signal,
): Promise<{ reading: LogReading; records: string[] }> {
  const folder = directory();
  writeFileSync(join(folder, 'bamboo.log'), content);
  const records: string[] = [];
  const logs = openLogFiles({ stdin: () => Readable.from([Buffer.from(content)]), path: (path) => join(folder, path) });
  const reading = await logs.scan(name, /MARK/, (record) => records.push(record), signal);
  return { reading, records };
}

/** Text that does not pack well, so that the packed form is long. */
function numbered(count: number): string {
  return Array.from({ length: count }, (_, line) => `2026-08-09 10:00:00,000 WARN MARK ${Math.sin(line)} ${Math.cos(line)}\n`).join('');
}

describe('a log', () => {
  it.each(['bamboo.log', '-'])('is read as text or gzip from %s, whatever its name says', async (name) => {
    const plain = await scan(LINE.repeat(3), name);
    expect(plain).toEqual({ reading: { kind: 'read', bytes: LINE.length * 3 }, records: [LINE, LINE, LINE] });
    expect(await scan(gzipSync(LINE.repeat(3)), name)).toEqual(plain);
  });

  it('is read whole though it is longer than what is read at once', async () => {
    const text = numbered(10_000);
    const { reading, records } = await scan(text);
    expect([reading, records.join('') === text]).toEqual([{ kind: 'read', bytes: text.length }, true]);
  });

  it('is read to the end when several gzip files were joined', async () => {
    expect((await scan(Buffer.concat([gzipSync(LINE), gzipSync(LINE)]))).records).toEqual([LINE, LINE]);
  });

  it.each([
    ['file', ''],
    ['gzip file', gzipSync('')],
  ])('that is an empty %s is said to be empty', async (_what, content) => {
    expect(await scan(content)).toEqual({ reading: { kind: 'empty', bytes: 0 }, records: [] });
  });

  it('that is a truncated gzip file is read up to where it breaks off', async () => {
    const text = numbered(20_000);
    const packed = gzipSync(text);
    const { reading, records } = await scan(packed.subarray(0, packed.length / 2));
    expect(reading).toMatchObject({
      kind: 'broken-off',
      problem: { code: 'LOG_DAMAGED', message: expect.stringMatching(/bamboo\.log: it is a truncated gzip/) },
    });
    expect(records.length).toBeGreaterThan(9000);
    expect(text.startsWith(records.join(''))).toBe(true);
  });

  it('that is a damaged gzip file is read up to the fault', async () => {
    const packed = gzipSync(numbered(20_000));
    packed.fill(0, packed.length / 2, packed.length / 2 + 50);
    const { reading, records } = await scan(packed);
    expect(reading).toMatchObject({
      kind: 'broken-off',
      problem: { code: 'LOG_DAMAGED', message: expect.stringMatching(/bamboo\.log: it is a damaged gzip/) },
    });
    expect(records.length).toBeGreaterThan(5000);
  });

  it('that is only the head of a gzip file gives nothing, and says so', async () => {
    const { reading } = await scan(gzipSync(LINE).subarray(0, 5));
    expect(reading).toMatchObject({ kind: 'unreadable', problem: { message: expect.stringMatching(/^Could read nothing of .*truncated/) } });
  });

  it.each([
    ['binary', Buffer.concat([Buffer.from(LINE), Buffer.from([0, 1, 2, 3])]), /bamboo\.log: it is a binary file/],
    ['binary without zero bytes', Buffer.alloc(200, 0x02), /binary file/],
    ['packed binary', gzipSync(Buffer.from([0, 1, 2])), /binary file/],
    ['UTF-16', Buffer.from(`\ufeff${LINE}`, 'utf16le'), /UTF-16/],
  ])('that is %s is refused by name', async (_what, content, message) => {
    const { reading, records } = await scan(content);
    expect(reading).toMatchObject({ kind: 'unreadable', problem: { code: 'LOG_NOT_TEXT', message: expect.stringMatching(message) } });
    expect(records).toEqual([]);
  });

  it('that is not there, or is a directory, is refused by name', async () => {
    expect((await scan('', 'other.log')).reading).toMatchObject({
      problem: { code: 'FILE_UNREADABLE', message: expect.stringMatching(/other\.log: it does not exist/) },
    });
    expect((await scan('', '.')).reading).toMatchObject({ problem: { code: 'FILE_UNREADABLE', message: expect.stringMatching(/directory/) } });
  });

  it('is left when the user interrupts', async () => {
    await expect(scan(LINE, 'bamboo.log', AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
