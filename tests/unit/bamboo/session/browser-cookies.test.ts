import { describe, expect, it } from '@jest/globals';
import { readBrowserCookies, secretValues, withoutPerson } from '../../../../src/bamboo/session/browser-cookies.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { failureOf } from '../failure-of.ts';

const URL_ = 'https://bamboo.example:8443/bamboo';
const read = (text: string) => readBrowserCookies(new Secret(text), URL_);
const header = (text: string) =>
  read(text)
    .map(({ name, value }) => `${name}=${value.reveal()}`)
    .join('; ');

const FILE = [
  '# Netscape HTTP Cookie File',
  '#HttpOnly_bamboo.example\tFALSE\t/bamboo\tTRUE\t0\tJSESSIONID\tABC',
  '.example\tTRUE\t/\tTRUE\t1800000000\tNODE\tn2',
  'wiki.example\tFALSE\t/\tTRUE\t0\tJSESSIONID\tXYZ',
].join('\n');
const HEADERS = ['GET /bamboo/start.action HTTP/1.1', 'Host: bamboo.example:8443', 'User-Agent: x', 'Cookie: JSESSIONID=ABC; NODE=n2', 'Accept: text/html'];

describe('what a person copies from a browser', () => {
  it.each([
    ['the value of the header', 'JSESSIONID=ABC; NODE=n2'],
    ['with a line end', 'JSESSIONID=ABC; NODE=n2\r\n'],
    ['with its name', 'Cookie: JSESSIONID=ABC; NODE=n2\n'],
    ['with its name in small letters and without a blank', 'cookie:JSESSIONID=ABC;NODE=n2'],
    ['with its name on a line of its own', 'Cookie\nJSESSIONID=ABC; NODE=n2'],
    ['broken into lines', 'Cookie: JSESSIONID=ABC;\n  NODE=n2\n'],
    ['a cookie a line', 'JSESSIONID=ABC\nNODE=n2'],
    ['Set-Cookie lines with their attributes', 'Set-Cookie: JSESSIONID=ABC; Path=/bamboo; HttpOnly; SameSite=Lax\nSet-Cookie: NODE=n2; Max-Age=60'],
    ['the headers of a request', HEADERS.join('\r\n')],
    ['a cURL command', `curl 'https://bamboo.example:8443/bamboo/' -H 'Accept: text/html' -H 'Cookie: JSESSIONID=ABC; NODE=n2' --compressed`],
    ['a cURL command with -b', `curl "https://bamboo.example:8443/bamboo/" -b "JSESSIONID=ABC; NODE=n2" -H "accept: */*"`],
    ['a cookies.txt', FILE],
  ])('is taken as %s', (_, text) => {
    expect(header(text)).toBe('JSESSIONID=ABC; NODE=n2');
  });

  it('may hold values with = and quotes, and two of one name', () => {
    expect(header('JSESSIONID=A; JSESSIONID=B; t="a=b|c"')).toBe('JSESSIONID=A; JSESSIONID=B; t="a=b|c"');
  });

  it.each([
    ['no session', 'NODE=n2; seraph.bamboo=canary', /holds no JSESSIONID/],
    ['an empty session', 'JSESSIONID=; NODE=n2', /holds no JSESSIONID/],
    ['nothing of the kind', '<html>canary</html>', /holds no JSESSIONID/],
    ['a session in another spelling', 'jsessionid=canary', /holds no JSESSIONID/],
    ['characters that no header may hold', 'JSESSIONID=canary\u0000x', /characters/],
    ['a cookies.txt of another host', FILE.split('\n').slice(3).join('\n'), /are of wiki\.example, not of bamboo\.example/],
    [
      'the headers of a request to another host',
      HEADERS.join('\n').replace('Host: bamboo', 'Host: wiki'),
      /a request to wiki\.example, not to bamboo\.example/,
    ],
    ['a cURL command to another host', `curl -s 'https://wiki.example/' -H 'Cookie: JSESSIONID=canary'`, /a request to wiki\.example/],
  ])('is refused when it holds %s', (_, text, words) => {
    const failure = failureOf(() => read(text));
    expect(failure).toMatchObject({ code: 'SESSION_INVALID', exit: 2, message: expect.stringMatching(words) });
    expect(failure?.message).not.toContain('canary');
  });

  it('knows what must not be printed, and what is not the person', () => {
    const cookies = read('JSESSIONID=0123456789ABCDEF; lang=de; AWSALB=abcdefghijklmnop; seraph.bamboo=1; atl.xsrf.token=2');
    expect(secretValues(cookies).map((value) => value.reveal())).toEqual(['0123456789ABCDEF', 'abcdefghijklmnop']);
    expect(withoutPerson(cookies).map(({ name }) => name)).toEqual(['lang', 'AWSALB']);
  });
});
