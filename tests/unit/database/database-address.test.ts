import { describe, expect, it } from '@jest/globals';
import type { RekeyError } from '../../../src/core/errors.ts';
import { parseDatabaseAddress } from '../../../src/database/database-address.ts';

function refusal(text: string): RekeyError {
  try {
    parseDatabaseAddress(text);
  } catch (thrown) {
    return thrown as RekeyError;
  }
  throw new Error('it was taken');
}

describe('the address of a database', () => {
  it('names everything, with escapes undone and the port of the product', () => {
    expect(parseDatabaseAddress(' postgres://bam%40boo:p%3Aw%25@db.example/bamboo\n')).toEqual({
      product: 'postgresql',
      host: 'db.example',
      port: 5432,
      user: 'bam@boo',
      password: 'p:w%',
      database: 'bamboo',
      encryption: 'where-offered',
    });
    expect(parseDatabaseAddress('mariadb://u:p@[::1]:3307/b')).toMatchObject({ product: 'mysql', host: '::1', port: 3307 });
    expect(parseDatabaseAddress('mysql://u@h/b')).toMatchObject({ port: 3306, password: '' });
  });

  it.each([
    ['sslmode=disable', 'off'],
    ['ssl-mode=DISABLED', 'off'],
    ['useSSL=false', 'off'],
    ['sslmode=require', 'required'],
    ['sslMode=VERIFY_IDENTITY', 'required'],
    ['ssl=true', 'required'],
    ['sslmode=prefer', 'where-offered'],
    ['application_name=x', 'where-offered'],
  ])('understands ?%s', (query, encryption) => {
    expect(parseDatabaseAddress(`postgres://u:p@h/b?${query}`).encryption).toBe(encryption);
  });

  it('never turns certificate checks off', () => {
    expect(refusal('postgres://u:p@h/b?sslmode=no-verify').message).toContain('sslmode is not known');
  });

  it.each([
    ['postgres://u:hunter2@/bamboo', 'it'],
    ['postgres://u:hunter2@host', 'it names no database after the host'],
    ['postgres://host/bamboo', 'it names no user'],
    ['postgres://u:hunter2%@host/bamboo', 'a % that is no escape'],
    ['https://u:hunter2@host/bamboo', 'it must begin with postgres://'],
    ['hunter2', 'it is no address'],
  ])('refuses %s with a sentence that quotes nothing of it', (text, words) => {
    const error = refusal(text);
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toContain(words);
    expect(error.message + error.remedy + error.stack).not.toContain('hunter2');
  });

  it('shows the way for the products that it does not read itself', () => {
    expect(refusal('sqlserver://u:p@h/b').remedy).toContain('--print-sql sqlserver');
    expect(refusal('oracle://u:p@h/b').remedy).toContain('--print-sql oracle');
  });
});
