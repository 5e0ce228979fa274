import { describe, expect, it } from '@jest/globals';
import { judgeSave } from '../../../../src/bamboo/form/save-answer.ts';
import { Site } from '../../../../src/bamboo/site.ts';
import type { WriteAnswer } from '../../../../src/core/ports.ts';
import { editPage } from '../../../support/edit-form-page.ts';
import { failureOf } from '../failure-of.ts';

const URL_ = 'https://bamboo.example/bamboo/admin/updateLinkedRepository.action';

function judge(body: string | object, status = 200, headers: Record<string, string> = {}): WriteAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return judgeSave({ status, url: URL_, headers, setCookies: [], body: Buffer.from(text) }, new Site('https://bamboo.example/bamboo'), {
    id: '4711',
    idName: 'repositoryId',
  });
}
const redirect = (location: string) => judge('', 302, { location });
const page = (inner: string) => `<html><head><meta name="atlassian-token"></head><body>${inner}</body></html>`;
const OK = { status: 'OK', repositoryResult: { id: 4711, name: 'Web shop' } };

describe('judging what a save answered', () => {
  it('believes JSON that says OK and names the object, number or text', () => {
    expect(judge(OK)).toEqual({ kind: 'saved' });
    expect(judge({ ...OK, repositoryResult: { id: '4711' } })).toEqual({ kind: 'saved' });
  });

  it('finds the JSON in a lone textarea, whatever the content type', () => {
    expect(judge(`<textarea>${JSON.stringify(OK).replaceAll('"', '&quot;')}</textarea>`, 200, { 'content-type': 'text/html' })).toEqual({ kind: 'saved' });
  });

  it('tells another id, also one that only rounding would make equal', () => {
    expect(judge({ status: 'OK', repositoryResult: { id: 4712 } })).toEqual({ kind: 'other-object', id: '4712' });
    expect(judge('{"status":"OK","repositoryResult":{"id":47110000000000000001}}')).toEqual({ kind: 'other-object', id: '47110000000000000001' });
  });

  it('does not believe OK without an object, nor with errors', () => {
    expect(judge({ status: 'OK' }).kind).toBe('unanswered');
    expect(judge({ ...OK, errors: ['The name is taken.'] })).toEqual({ kind: 'refused', why: 'The name is taken.' });
  });

  it('passes on field errors and errors', () => {
    const answer = judge({ status: 'ERROR', errors: ['Bad. Really.'], fieldErrors: { 'repository.bitbucket.username': ['Required'] } });
    expect(answer).toEqual({ kind: 'refused', why: 'Bad. repository.bitbucket.username: Required' });
    expect(judge({ status: 'ERROR' })).toEqual({ kind: 'refused', why: 'Bamboo gave no reason' });
  });

  it('takes the form that comes back with errors as a refusal, and without as no answer', () => {
    const error = '<div class="error control-form-error" data-field-name="repositoryName">Please enter a name.</div>';
    expect(judge(editPage({ after: error }))).toEqual({ kind: 'refused', why: 'repositoryName: Please enter a name.' });
    expect(judge(editPage({ after: '<div class="aui-message error"><p>Cannot connect.</p></div>' }))).toEqual({ kind: 'refused', why: 'Cannot connect.' });
    expect(judge(editPage()).kind).toBe('unanswered');
  });

  it('believes a redirect that says saved and names the object', () => {
    expect(redirect('/bamboo/admin/configureLinkedRepositories.action?saved=true&repositoryId=4711')).toEqual({ kind: 'saved' });
    expect(redirect('http://base.internal/admin/x.action?repositoryId=4711&saved=true')).toEqual({ kind: 'saved' });
    expect(redirect('/bamboo/x.action?saved=true&repositoryId=9')).toEqual({ kind: 'other-object', id: '9' });
    expect(redirect('/bamboo/x.action?saved=false&repositoryId=4711').kind).toBe('unanswered');
    expect(redirect('/bamboo/x.action?saved=true').kind).toBe('unanswered');
  });

  it('takes the login page, a redirect to it and a prompt for the password as a lost session: the action was not reached', () => {
    expect(redirect('/bamboo/userlogin!default.action?os_destination=%2Fx')).toEqual({ kind: 'session-lost' });
    expect(redirect('/bamboo/websudo.action?web_sudo_destination=%2Fx')).toEqual({ kind: 'session-lost' });
    expect(judge(page('<form name="loginForm"><input name="os_username"><input name="os_password"></form>'))).toEqual({ kind: 'session-lost' });
    expect(judge(page('<p>Please confirm your password</p><input type=password>'))).toEqual({ kind: 'session-lost' });
  });

  it('takes XSRF and permission pages as refusals: the action was not reached', () => {
    expect(judge(page('<h1>XSRF Security Token Missing</h1>'), 403).kind).toBe('refused');
    expect(judge(page('<p>No.</p>'), 403).kind).toBe('refused');
    expect(judge('', 429).kind).toBe('refused');
  });

  it.each([
    ['an error page', page('<h1>A system error has occurred</h1><pre>at canary</pre>'), 500],
    ['XML', '<?xml version="1.0"?><status/>', 200],
    ['broken JSON', '{"status":"OK",', 200],
    ['JSON of another shape', '[1]', 200],
    ['nothing', '', 200],
    ['another page', page('<p>All plans</p>'), 200],
    ['JSON with 500', '{"status":"OK","repositoryResult":{"id":4711}}', 500],
    ['a page that is gone', page('x'), 404],
  ])('leaves %s open', (_, body, status) => {
    const answer = judge(body, status);
    expect(answer.kind).toBe('unanswered');
    expect(JSON.stringify(answer)).not.toContain('canary');
  });

  it('ends everything on 401 and on the CAPTCHA lock', () => {
    expect(failureOf(() => judge('', 401))?.code).toBe('LOGIN_REFUSED');
    expect(failureOf(() => judge('The maximum number of failed login attempts may have been reached', 403))?.code).toBe('LOGIN_CAPTCHA');
  });
});
