import { describe, expect, it } from '@jest/globals';
import { type Baseline, isOverloaded, judgeLatency, requestKind } from '../../../src/http/latency.ts';

describe('a latency', () => {
  it.each([
    [undefined, 5000, false],
    [100, 100, false],
    [100, 300, false],
    [100, 301, true],
    [1000, 2000, false],
    [1000, 2001, true],
    [0, 200, false],
    [0, 201, true],
  ])('with the baseline %s, of %s ms, is slow: %s', (baseline, ms, slow) => {
    expect(judgeLatency(baseline === undefined ? undefined : { ms: baseline, at: 0 }, ms, 0).slow).toBe(slow);
  });

  it('that is the lowest yet becomes the baseline', () => {
    expect(judgeLatency({ ms: 100, at: 0 }, 40, 1).baseline).toEqual({ ms: 40, at: 1 });
    expect(judgeLatency(undefined, 40, 1).baseline).toEqual({ ms: 40, at: 1 });
  });

  it('of a server that stays slow is in the end taken as it is, and a fast one counts again at once', () => {
    let baseline: Baseline = { ms: 100, at: 0 };
    const judge = (ms: number, minute: number): boolean => {
      const verdict = judgeLatency(baseline, ms, minute * 60_000);
      baseline = verdict.baseline;
      return verdict.slow;
    };
    const slow = Array.from({ length: 16 }, (_, minute) => judge(1000, minute));
    expect([slow.slice(0, 12), slow.slice(12)].map((each) => [...new Set(each)])).toEqual([[true], [false]]);
    expect([judge(100, 16), judge(400, 16)]).toEqual([false, true]);
  });

  it('does not stumble over a clock that is put back', () => {
    expect(judgeLatency({ ms: 100, at: 3_600_000 }, 120, 0)).toEqual({ slow: false, baseline: { ms: 100, at: 0 } });
  });
});

describe('the kind of a request', () => {
  const kind = (url: string, method: 'GET' | 'POST' = 'GET', status = 200) => requestKind({ effect: 'read', method, url: `https://b.example${url}` }, status);

  it('leaves out ids, names and the query', () => {
    expect(kind('/bamboo/rest/api/latest/repository/12/usage?maxPlans=9')).toBe(kind('/bamboo/rest/api/latest/repository/34/usage'));
    expect(kind('/bamboo/rest/api/latest/result/WEB-1')).toBe(kind('/bamboo/rest/api/latest/result/OPS-22'));
    expect(kind('/admin/editLinkedRepository.action?repositoryId=1')).toBe(kind('/admin/editLinkedRepository.action?repositoryId=2'));
  });

  it('tells pages, saves and redirects apart', () => {
    const kinds = [
      kind('/admin/editLinkedRepository.action'),
      kind('/admin/editLinkedRepository.action', 'POST'),
      kind('/admin/editLinkedRepository.action', 'GET', 302),
      kind('/chain/admin/config/editChainRepository.action'),
      kind('/rest/api/latest/project/WEB/repositories'),
      kind('/rest/api/latest/project/WEB/sharedCredentials'),
    ];
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});

describe('a status', () => {
  it.each([429, 502, 503, 504])('%s says that the server has too much to do', (status) => expect(isOverloaded(status)).toBe(true));
  it.each([200, 302, 401, 403, 404, 500])('%s does not', (status) => expect(isOverloaded(status)).toBe(false));
});
