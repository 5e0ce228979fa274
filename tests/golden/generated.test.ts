import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { generatedFiles } from '../../config/generated-files.ts';

const root = join(import.meta.dirname, '../..');

function committed(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function accepts(schema: string): (value: unknown) => boolean {
  // Formats are annotations here: the patterns that zod writes beside them are what checks.
  return new Ajv2020({ validateFormats: false }).compile(JSON.parse(committed(`config/schema/${schema}.schema.json`)));
}

describe('what is generated from the code', () => {
  it.each([...generatedFiles()])('%s is committed as the code writes it (else: npm run generate)', (path, text) => {
    expect(committed(path)).toBe(text);
  });

  it('is all there is in config/schema', () => {
    const expected = [...generatedFiles().keys()].filter((path) => path.startsWith('config/schema/'));
    expect(readdirSync(join(root, 'config/schema')).map((name) => `config/schema/${name}`)).toEqual(expected.sort());
  });

  it('gives every exit code a meaning', () => {
    expect(committed('docs/exit-codes.md')).not.toContain('undefined');
  });
});

describe('the schema of the configuration', () => {
  const accept = accepts('config');
  const bamboo = { url: 'https://bamboo.example.com/bamboo', rest: { token: { env: 'BAMBOO_TOKEN' } } };

  it('asks for no key that has a default', () => {
    expect(accept({ bamboo })).toBe(true);
  });

  it.each([
    ['an unknown key', { bamboo: { ...bamboo, timeout: 3 } }],
    ['a secret in clear', { bamboo: { ...bamboo, rest: { token: 'ATATT3' } } }],
    ['a missing server', { tokens: {} }],
    ['an unknown route', { bamboo, apply: { route: 'database' } }],
  ])('refuses %s', (_what, config) => {
    expect(accept(config)).toBe(false);
  });
});

describe('the schema of an event', () => {
  const accept = accepts('event');

  it('knows each event by its name', () => {
    expect(accept({ event: 'TOOL', tool: 'bamboo-rekey', version: '1.0.0', format: 1 })).toBe(true);
    expect(accept({ event: 'TOOL', tool: 'bamboo-rekey', version: '1.0.0', format: 2 })).toBe(false);
    expect(accept({ event: 'SURPRISE', tool: 'bamboo-rekey' })).toBe(false);
  });
});
