import { describe, expect, it } from '@jest/globals';
import { oidOf, partsBelowHome } from '../../../../src/bamboo/import/home-path.ts';

const below = (server: string, path: string) => partsBelowHome(path, { server, local: '/mnt/home' });

describe('the path of an exported file', () => {
  it.each([
    ['/srv/bamboo', '/srv/bamboo/exports/abc.yaml'],
    ['/srv/bamboo/', '/srv/bamboo/exports/abc.yaml'],
    ['C:\\Bamboo Home', 'C:\\Bamboo Home\\exports\\abc.yaml'],
    ['c:/bamboo home/', 'C:\\Bamboo Home\\exports\\abc.yaml'],
    ['\\\\files\\bamboo', '\\\\FILES\\bamboo\\exports\\abc.yaml'],
  ])('is found below %s', (server, path) => {
    expect(below(server, path)).toEqual(['exports', 'abc.yaml']);
  });

  it.each([
    ['/srv/bam', '/srv/bamboo/exports/abc.yaml'],
    ['/srv/bamboo', '/SRV/bamboo/exports/abc.yaml'],
    ['/srv/bamboo', '/srv/bamboo/../etc/abc.yaml'],
    ['/srv/bamboo', '/srv/bamboo/exports\\abc.yaml'],
    ['/srv/bamboo', 'exports/abc.yaml'],
  ])('below %s is not %s', (server, path) => {
    expect(() => below(server, path)).toThrow(expect.objectContaining({ code: 'DOCUMENT_UNREADABLE' }));
  });

  it('ends with the oid', () => {
    expect(oidOf(['exports', 'abc.def.yaml'])).toBe('abc.def');
  });
});
