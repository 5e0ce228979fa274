import { describe, expect, it } from '@jest/globals';
import { chooseEditForm } from '../../../../src/bamboo/form/edit-form.ts';
import { parsePage } from '../../../../src/bamboo/page/document.ts';
import { editPage } from '../../../support/edit-form-page.ts';
import { failureOf } from '../failure-of.ts';

const choose = (html: string, id = '4711') => chooseEditForm(parsePage(html), id, 'The page');

describe('choosing the edit form', () => {
  it('takes the one with repositoryId and selectedRepository, not the search form and not the template', () => {
    expect(choose(editPage({ decorated: true }))?.action).toBe('/bamboo/admin/updateLinkedRepository.action');
  });

  it('finds none on a page without one', () => {
    expect(choose('<form><input name="repositoryId" value="4711"></form>')).toBeUndefined();
    expect(choose('<template><form><input name="repositoryId" value="4711"><input name="selectedRepository" value="x:y"></form></template>')).toBeUndefined();
  });

  it('takes the one of the repository that was asked for among several', () => {
    expect(choose(editPage({ id: '1', action: '/bamboo/admin/a.action' }) + editPage({ id: '4711' }))?.action).toBe(
      '/bamboo/admin/updateLinkedRepository.action',
    );
  });

  it.each([
    ['another repository', editPage({ id: '12' }), /another repository/],
    ['two forms of the same repository', editPage() + editPage(), /2 edit forms for the same repository/],
    ['no closing tag', editPage({ close: '' }), /its closing tag is missing/],
    ['a closing tag only in a later script', editPage({ close: '<script>"</form>"</script>' }), /its closing tag is missing/],
    ['no save button', editPage({ save: '' }).replace(/<input type="submit"[^>]*>/, ''), /its save button is missing/],
    ['no repository name', editPage().replace('name="repositoryName"', 'name="title"'), /the repository name is missing/],
    ['no type', editPage().replace(/<select name="selectedRepository"[\s\S]*?<\/select>/, '<select name="selectedRepository"></select>'), /which type/],
  ])('refuses %s', (_, html, words) => {
    expect(failureOf(() => choose(html))).toMatchObject({ code: 'FORM_NOT_UNDERSTOOD', message: expect.stringMatching(words) });
  });

  it('refuses a page that was cut at any place inside the form', () => {
    const html = editPage();
    const inside = html.indexOf('repositoryName');
    for (let end = inside; end < html.length - '</form>'.length; end += 97) {
      expect(failureOf(() => choose(html.slice(0, end)))?.code ?? 'none found').toMatch(/FORM_NOT_UNDERSTOOD|none found/);
    }
  });
});
