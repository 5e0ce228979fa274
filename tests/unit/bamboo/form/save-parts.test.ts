import { describe, expect, it } from '@jest/globals';
import { saveParts } from '../../../../src/bamboo/form/save-parts.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { type EditPageOptions, editPage, FAMILIES } from '../../../support/edit-form-page.ts';
import { readRepository } from './read-form.ts';

const PAIR = { username: 'ci@acme.example', secret: new Secret('ATATnew') };

/** The parts of a save as name and value; secrets in clear. */
function posted(options: EditPageOptions = {}): [string, string][] {
  const { controls, credential } = readRepository(editPage(options));
  if (credential === undefined) throw new RangeError('not writable');
  return saveParts(controls, credential, PAIR).map((part) => [
    part.name,
    part.kind === 'file' ? '(file)' : part.value instanceof Secret ? part.value.reveal() : part.value,
  ]);
}

describe('what a save posts', () => {
  it.each(Object.entries(FAMILIES))('is the form with user name, flag and secret in their places (%s)', (_, names) => {
    const parts = posted({ names });
    const at = parts.findIndex(([name]) => name === 'repository.bitbucket.username');
    expect(parts.slice(at, at + 4)).toEqual([
      ['repository.bitbucket.username', 'ci@acme.example'],
      [names.flag, 'true'],
      ['checkBoxFields', names.flag],
      [names.secret, 'ATATnew'],
    ]);
  });

  it('is otherwise exactly the settings that were read, with the XSRF token, one save and the three fields of our own', () => {
    const { state } = readRepository(editPage());
    const parts = posted();
    const own = ['bamboo.successReturnMode', 'decorator', 'confirm'];
    const changed = [
      'repository.bitbucket.username',
      'temporary.bitbucket.password.change',
      'temporary.bitbucket.password',
      'temporary.git.password',
      'atl_token',
      'save',
    ];
    const rest = parts.filter(([name, value]) => ![...own, ...changed].includes(name) && value !== 'temporary.bitbucket.password.change');
    expect(rest).toEqual(state.settings);
    expect(parts.filter(([name]) => name === 'save')).toEqual([['save', 'Save repository']]);
    expect(parts.filter(([name]) => name === 'atl_token')).toEqual([['atl_token', 'xsrf-123']]);
    expect(parts.slice(-3)).toEqual([
      ['bamboo.successReturnMode', 'json'],
      ['decorator', 'nothing'],
      ['confirm', 'true'],
    ]);
  });

  it('leaves the secret of the other type on the page empty and its flag off', () => {
    const parts = posted();
    expect(parts).toContainEqual(['temporary.git.password', '']);
    expect(parts.map(([name]) => name)).not.toContain('temporary.git.password.change');
  });

  it('replaces fields of the form that have the names of our own', () => {
    const parts = posted({ after: '<input type="hidden" name="decorator" value="rest"><input type="hidden" name="confirm" value="false">' });
    expect(parts.filter(([name]) => name === 'decorator' || name === 'confirm')).toEqual([
      ['decorator', 'nothing'],
      ['confirm', 'true'],
    ]);
  });

  it('clicks the visible save, where it stands, and the hidden one only where there is no other', () => {
    const names = posted().map(([name]) => name);
    expect(names.indexOf('save')).toBe(names.indexOf('atl_token') - 1);
    expect(posted({ save: '' }).map(([name]) => name)[0]).toBe('save');
  });

  it('posts a file input as an empty file', () => {
    expect(posted({ after: '<input type="file" name="temporary.bitbucket.sshkey">' })).toContainEqual(['temporary.bitbucket.sshkey', '(file)']);
  });
});
