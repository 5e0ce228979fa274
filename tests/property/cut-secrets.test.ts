import { describe, expect, it } from '@jest/globals';
import { testConnection } from '../../src/bamboo/form/connection-test.ts';
import type { RepositoryForm } from '../../src/bamboo/form/repository-form.ts';
import { judgeSave } from '../../src/bamboo/form/save-answer.ts';
import { parsePage } from '../../src/bamboo/page/document.ts';
import { pageKind } from '../../src/bamboo/page/page-kind.ts';
import { pageProblem } from '../../src/bamboo/page/page-problem.ts';
import type { Rest } from '../../src/bamboo/rest/rest.ts';
import { judgeRest } from '../../src/bamboo/rest/rest-problem.ts';
import { Site } from '../../src/bamboo/site.ts';
import { readErrorAnswer } from '../../src/bitbucket/error-answer.ts';
import { refusedCall } from '../../src/bitbucket/refusals.ts';
import type { HttpResponse } from '../../src/core/ports.ts';
import { createRedactor } from '../../src/core/redactor.ts';
import { Secret } from '../../src/core/secret.ts';
import { toDatabaseError } from '../../src/database/driver-error.ts';

const URL_ASKED = 'https://bamboo.example/saveRepository.action';
const SITE = new Site('https://bamboo.example');
const LONGEST_PADDING = 400;
const LEAST_FOUND = 8;
const LONG = `ATATT3xFfGF0${'kQ7z-Lm_9'.repeat(20)}`;

function answer(status: number, contentType: string, body: string): HttpResponse {
  return { status, url: URL_ASKED, headers: { 'content-type': contentType }, body: Buffer.from(body) } as unknown as HttpResponse;
}

const json = (status: number, body: unknown) => answer(status, 'application/json', JSON.stringify(body));
const page = (status: number, html: string) => answer(status, 'text/html;charset=UTF-8', `<!DOCTYPE html><html>${html}</html>`);

function saved(response: HttpResponse): string {
  return JSON.stringify(judgeSave(response, SITE, { id: '7', idName: 'repositoryId' }));
}

function asked(response: HttpResponse): string {
  const told = judgeRest('the repositories', response);
  return told.kind === 'problem' ? told.error.message : '';
}

function shown(html: string, status: number): string {
  return pageProblem(pageKind(parsePage(html), status), 'the form').message;
}

async function tested(echo: string): Promise<string> {
  const rest = { ask: () => Promise.resolve({ kind: 'json', value: { connectionErrors: [echo] } }) } as unknown as Rest;
  const form = { controls: [], state: { place: { id: '7' } } } as unknown as RepositoryForm;
  return JSON.stringify(await testConnection(rest, form, 'bbCloud', 'stored'));
}

/** Each place that cuts what a server says, by what it tells of an echo. */
const PLACES: Readonly<Record<string, (echo: string) => string | Promise<string>>> = {
  'an error of a save in JSON': (echo) => saved(json(200, { status: 'ERROR', errors: [echo] })),
  'a field error of a save': (echo) => saved(json(200, { status: 'ERROR', fieldErrors: { password: [echo, echo] } })),
  'an error page after a save': (echo) => saved(page(500, `<body><h1>${echo}</h1></body>`)),
  'an error page whose title speaks': (echo) => saved(page(500, `<head><title>${echo}</title></head><body></body>`)),
  'the title of a page of somebody else': (echo) => shown(`<html><head><title>${echo}</title></head><body>x</body></html>`, 200),
  'a message of REST': (echo) => asked(json(403, { message: echo })),
  'a message of REST in XML': (echo) => asked(answer(403, 'application/xml', `<status><message>${echo}</message></status>`)),
  'the words of a connection test': tested,
  'a refusal of Bitbucket': (echo) => {
    const response = json(500, { error: { message: echo } });
    return refusedCall(response, readErrorAnswer(response), 'read:repository').why;
  },
  'an error of a database': (echo) => toDatabaseError(new Error(echo), 'the database').message,
};

const SECRETS: Readonly<Record<string, string>> = {
  'a posted token': LONG,
  'a personal access token': 'MDkwMjY4OTU3OTk0Oq8xJ7+Zt2/bVn5Lw0QpRsTuVwXy',
  'a cookie': '9F1C0A7E5B3D48219F1C0A7E5B3D4821',
  'a password of several sentences': 'Correct  horse! Battery, staple. Right now.',
};

/** The longest start of the secret that stands in the words. */
function startIn(words: string, secret: string): number {
  let length = 0;
  const told = secret.replace(/\s+/g, ' ');
  while (length < told.length && words.includes(told.slice(0, length + 1))) length++;
  return length;
}

describe.each(Object.entries(PLACES))('%s', (_place, tell) => {
  it.each(Object.entries(SECRETS))('leaves no start of %s, wherever it is cut', async (_name, value) => {
    const redactor = createRedactor();
    redactor.register(new Secret(value));
    const toldOf = async (echo: string) =>
      (await Promise.all(Array.from({ length: LONGEST_PADDING + 1 }, (_, padding) => tell(`${'x'.repeat(padding)}${echo}`)))).map(redactor.redact);
    const bare = await toldOf(value);
    const basic = `Basic ${Buffer.from(`admin:${value}`).toString('base64')}`;
    const encoded = await toldOf(basic);
    expect(bare.filter((words) => startIn(words, value) >= LEAST_FOUND)).toEqual([]);
    // What stands before the value in base64 is the name: its six bytes are eight characters.
    const own = basic.slice('Basic '.length + 'admin:'.length / 0.75);
    expect(encoded.filter((words) => startIn(words, own) >= LEAST_FOUND)).toEqual([]);
  });
});
