import { describe, expect, it } from '@jest/globals';
import { saveAddress } from '../../../../src/bamboo/form/save-address.ts';
import { Site } from '../../../../src/bamboo/site.ts';

const site = new Site('https://proxy.example/ci/bamboo');
const PAGE = 'https://proxy.example/ci/bamboo/admin/editLinkedRepository.action?repositoryId=1';
const SAVE = 'https://proxy.example/ci/bamboo/admin/updateLinkedRepository.action';

describe('where a form is posted', () => {
  it.each([
    ['a path', '/ci/bamboo/admin/updateLinkedRepository.action'],
    ['a relative path', 'updateLinkedRepository.action'],
    ['a full address', SAVE],
    ["Bamboo's own base URL", 'http://bamboo.internal:8085/admin/updateLinkedRepository.action'],
    ['a base URL with another context path', 'https://proxy.example/bamboo/admin/updateLinkedRepository.action'],
    ['a session id in the path', '/ci/bamboo/admin/updateLinkedRepository.action;jsessionid=1'],
  ])('is the configured address for %s', (_, action) => {
    expect(saveAddress(site, PAGE, action)).toBe(SAVE);
  });

  it('keeps the query of the action', () => {
    expect(saveAddress(site, PAGE, '/ci/bamboo/admin/updateLinkedRepository.action?a=1&b=2')).toBe(`${SAVE}?a=1&b=2`);
  });

  it.each([
    '',
    'http://',
    'https://evil.example/collect',
    'https://evil.example/updateLinkedRepository.action',
    '/ci/bamboo/admin/',
    '/other/update.action',
    '/ci/bamboo/admin/deleteLinkedRepository.action',
    'javascript:void(0)',
  ])('is refused for the action "%s"', (action) => {
    expect(saveAddress(site, PAGE, action)).toBeUndefined();
  });
});
