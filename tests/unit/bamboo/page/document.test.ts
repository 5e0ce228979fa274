import { describe, expect, it } from '@jest/globals';
import { isCut, parsePage, visibleText } from '../../../../src/bamboo/page/document.ts';
import { textBelow } from '../../../../src/bamboo/page/tree.ts';

const page = (inner: string): string => `<html><body>${inner}</body></html>`;

describe('a page', () => {
  it.each([
    ['one that nests as deep as browsers do', '<div>'.repeat(500) + 'end' + '</div>'.repeat(500)],
    ['one with thousands of elements that nobody closes', `<select>${'<option>a'.repeat(5_000)}</select><ul>${'<li>b<br><p>c'.repeat(5_000)}</ul>end`],
    ['one with thousands of elements side by side', `${'<div>a</div>'.repeat(5_000)}end`],
  ])('is read to its end: %s', (_what, inner) => {
    const read = parsePage(page(inner));
    expect([isCut(read.html), textBelow(read.tree()).endsWith('end')]).toEqual([false, true]);
  });

  it('is taken for one that was cut where it nests without end', () => {
    const read = parsePage(page('<div>'.repeat(200_000)));
    expect([isCut(read.html), visibleText(read.$.root()[0] as never).trim(), textBelow(read.tree())]).toEqual([true, '', '']);
  });
});
