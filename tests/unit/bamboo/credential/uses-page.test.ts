import { describe, expect, it } from '@jest/globals';
import { readUses } from '../../../../src/bamboo/credential/uses-page.ts';
import { parsePage } from '../../../../src/bamboo/page/document.ts';
import type { Place } from '../../../../src/core/model.ts';
import { clientFor } from '../client-for.ts';
import { failureIn } from '../failure-of.ts';

const uses = (html: string) => readUses(parsePage(html)).map(({ kind, name, id }) => [kind, name, id].filter((part) => part !== undefined).join(' '));
const PLACE: Place = { object: 'shared-credential', id: '71', level: 'global', name: 'team ci' };
const PAGE = 'GET /bamboo/admin/confirmDeleteSharedCredentials.action?credentialsId=71';
const FORM =
  '<form action="/bamboo/admin/deleteSharedCredentials.action"><input type="hidden" name="credentialsId" value="71"><input type="submit" name="save" value="Delete"></form>';

describe('the page that asks before a credential is deleted', () => {
  it('names repositories and tasks under their headings', () => {
    expect(uses('<h3>Repositories</h3><ul><li>web</li><li><b>a</b> &amp; b</li></ul><h3>Tasks</h3><ul><li>Push docs</li></ul>')).toEqual([
      'repository web',
      'repository a & b',
      'task Push docs',
    ]);
  });

  it('names them by where their links lead, whatever the heading', () => {
    const html = `<p>Used by:</p><table><tr><th>Name</th><th>Where</th></tr><tr><td><a href="/x.action?planKey=W-A&amp;repositoryId=12">web</a></td><td>Plan W-A</td></tr>
      <tr><td><a href="/build/admin/edit/editBuildTasks.action?buildKey=W-A-J">push</a></td><td></td></tr></table>`;
    expect(uses(html)).toEqual(['repository web 12', 'task push']);
  });

  it('leaves open what an entry is that neither heading, link nor words tell', () => {
    expect(uses('<h2>Used by</h2><ul><li>web</li><li>Job JOB1</li><li>Repository docs</li></ul>')).toEqual([
      'unclear web',
      'task Job JOB1',
      'repository Repository docs',
    ]);
  });

  it('takes the heading of a list inside a list', () => {
    expect(uses('<ul><li><strong>Repositories</strong><ul><li>web</li></ul></li><li><strong>Tasks</strong><ul><li>push</li></ul></li></ul>')).toEqual([
      'repository web',
      'task push',
    ]);
  });

  it('counts no menu, footer or template', () => {
    const menu =
      '<header><ul><li>Projects</li></ul></header><nav><ul><li>x</li></ul></nav><ul class="aui-nav"><li>y</li></ul><footer><ul><li>z</li></ul></footer>';
    expect(uses(`${menu}<script type="text/x-template"><li>{name}</li></script><h3>Repositories</h3><ul><li>web</li></ul>`)).toEqual(['repository web']);
  });

  it('is read without anything that may be taken for the answer, and never submitted', async () => {
    const { http, bamboo } = clientFor({ [PAGE]: { body: `<h3>Repositories</h3><ul><li>web</li></ul>${FORM}` } });
    expect(await bamboo.credentialUses(PLACE)).toEqual([{ kind: 'repository', name: 'web' }]);
    expect(http.lines().filter((line) => /delete/i.test(line))).toEqual([PAGE]);
  });

  it('is not believed where it is another page, or one about another credential', async () => {
    for (const body of ['<p>Atlassian Bamboo</p>', FORM.replace('71', '72'), '<div class="aui-message error">No.</div>']) {
      expect(await failureIn(clientFor({ [PAGE]: { body } }).bamboo.credentialUses(PLACE))).toBeDefined();
    }
    expect((await failureIn(clientFor({ [PAGE]: { body: `<html><body>${FORM}` } }).bamboo.credentialUses(PLACE)))?.message).toContain('ends before its end');
  });

  it('is not known for the credentials of a project', async () => {
    const { http, bamboo } = clientFor({});
    expect(await bamboo.credentialUses({ ...PLACE, level: 'project', project: 'WEB' })).toBeUndefined();
    expect(http.requests).toEqual([]);
  });
});
