import { describe, expect, it } from '@jest/globals';
import { readListEntries } from '../../../../src/bamboo/form/plan-page.ts';
import { parsePage } from '../../../../src/bamboo/page/document.ts';

const item = (id: string, title: string) =>
  `<li class="item" data-item-id="${id}"><a class="repository-item-link" href="/chain/admin/config/editRepository.action?planKey=WEB-A&amp;repositoryId=${id}"><h3 class="item-title">${title}</h3></a></li>`;
const TRAP = `<script type="text/x-template" title="item">${item('{id}', '{name}')}</script>`;
const entries = (inner: string) => readListEntries(parsePage(`${TRAP}<div id="panel-editor-list"><ul>${inner}</ul></div>`));

describe("a plan's repository list", () => {
  it('gives ids as text and trimmed names without the marker of the first item', () => {
    expect(entries(item('9007199254740993', '\n Web <b>&amp;</b> shop <span class="aui-lozenge">Default</span>\n') + item('12', 'b'))).toEqual([
      { id: '9007199254740993', name: 'Web & shop' },
      { id: '12', name: 'b' },
    ]);
  });

  it('keeps a name that stands in a span alone', () => {
    expect(entries(item('1', '<span>name</span>'))).toEqual([{ id: '1', name: 'name' }]);
  });

  it('does not take the template for an entry, wherever it stands', () => {
    expect(entries(`<template>${item('5', 'x')}</template><li class="item" data-item-id="{id}"><h3>{name}</h3></li>`)).toEqual([]);
  });

  it('tells an empty list from a page that is no list', () => {
    expect(entries('')).toEqual([]);
    expect(readListEntries(parsePage(`${TRAP}<p>All plans</p>`))).toBeUndefined();
  });
});
