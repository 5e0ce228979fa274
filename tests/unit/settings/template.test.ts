import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { Config } from '../../../src/core/config.ts';

const DIRECTORY = 'config';
let text: string;

beforeAll(async () => {
  text = await readFile(`${DIRECTORY}/bamboo-rekey.template.yaml`, 'utf8');
});

/** All names of keys in a document, at any depth. */
function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(keysOf)];
}

/** Below the head, a "#" before one blank and a word is prose; any other one is a setting that was left out. */
function withoutMarks(template: string): string {
  return template.slice(template.indexOf('\nbamboo:')).replace(/^( *)#(?! \S)/gm, '$1');
}

describe('config/bamboo-rekey.template.yaml', () => {
  it('leaves on what everybody needs, and nothing that names a file or a variable of somebody else', () => {
    const typed = parse(text) as Config;
    expect(Config.safeParse(typed).success).toBe(true);
    expect(Object.keys(typed)).toEqual(['bamboo', 'tokens', 'assign']);
    expect(Object.keys(typed.bamboo)).toEqual(['url', 'rest', 'login']);
    expect(Object.keys(typed.bamboo.login ?? {})).toEqual(['username', 'password']);
    expect([Object.keys(typed.tokens), typed.assign]).toEqual([['ci'], [{ workspace: 'acme', token: 'ci' }]]);
  });

  it('is a valid configuration with every setting taken in, and then has every key of the example', async () => {
    const whole = parse(withoutMarks(text)) as unknown;
    expect(Config.safeParse(whole).error).toBeUndefined();
    const example = parse(await readFile(`${DIRECTORY}/bamboo-rekey.example.yaml`, 'utf8')) as unknown;
    expect(new Set(keysOf(whole))).toEqual(new Set(keysOf(example)));
  });

  it('does not ask to be copied', () => {
    expect(text.split('\n')[0]).not.toMatch(/copy/i);
  });
});
