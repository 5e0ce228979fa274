import { describe, expect, it } from '@jest/globals';
import { remembering } from '../../../../src/core/log-diagnosis/remembering.ts';

/** A function that tells by its answers how often it was asked. */
function counting(): (text: string) => string {
  let asked = 0;
  return (text) => `${text} ${++asked}`;
}

describe('what remembers its answers', () => {
  it('gives the same answer again for the same text, and another for another', () => {
    const ask = remembering(counting());
    expect([ask('a'), ask('b'), ask('a'), ask('a')]).toEqual(['a 1', 'b 2', 'a 1', 'a 1']);
  });

  it('keeps no very long text', () => {
    const ask = remembering(counting());
    const long = 'x'.repeat(5_000);
    expect(ask(long)).not.toBe(ask(long));
  });

  it('goes on keeping where texts come back, however many there are', () => {
    const ask = remembering(counting());
    for (let text = 0; text < 6_000; text++) for (const _twice of [1, 2, 3]) ask(`text ${text}`);
    const last = ask('text 5999');
    expect(ask('text 5999')).toBe(last);
    expect(last).toBe('text 5999 6000');
  });

  it('pauses where no text comes back, and then tries again', () => {
    const ask = remembering(counting());
    for (let text = 0; text < 3_000; text++) ask(`text ${text}`);
    expect(ask('again')).not.toBe(ask('again'));
    for (let text = 0; text < 100_000; text++) ask(`text ${text}`);
    expect(ask('again')).toBe(ask('again'));
  });
});
