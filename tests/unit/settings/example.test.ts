import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Config } from '../../../src/core/config.ts';
import { readConfig } from '../../../src/settings/read-config.ts';

const PATH = 'config/bamboo-rekey.example.yaml';

/** Every key that the settings know, at any depth. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { properties?: object };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(keysOf), ...Object.values(properties ?? {}).flatMap(keysOf)];
}

describe('config/bamboo-rekey.example.yaml', () => {
  it('is a valid configuration', async () => {
    const config = await readConfig(PATH, readFile);
    expect(Object.keys(config.tokens)).toEqual(['ci', 'web']);
    expect(config.assign).toHaveLength(4);
  });

  it('shows every key', async () => {
    const text = await readFile(PATH, 'utf8');
    const keys = new Set(keysOf(z.toJSONSchema(Config, { io: 'input' })));
    expect(keys.size).toBeGreaterThan(30);
    expect([...keys].filter((key) => !new RegExp(`\\b${key}: `).test(`${text} `.replaceAll('\n', ' ')))).toEqual([]);
  });
});
