import { describe, expect, it } from '@jest/globals';
import type { RekeyError } from '../../../../src/core/errors.ts';
import { RekeyError as Failure } from '../../../../src/core/errors.ts';
import type { TableEntry } from '../../../support/table-http.ts';
import { clientFor } from '../client-for.ts';
import { failureIn } from '../failure-of.ts';

const REST = '/bamboo/rest/api/latest';
const QUEUE = `POST ${REST}/queue/WEB-A?executeAllStages=true`;
const RESULT = `GET ${REST}/result/WEB-A-7?expand=stages.stage.results.result`;
const LOG = `GET ${REST}/result/WEB-A-JOB1-7?expand=logEntries&max-results=100000`;

describe('one plan by its key', () => {
  const plan = (entry: TableEntry) => clientFor({ [`GET ${REST}/plan/WEB-A`]: entry }).bamboo.plan('WEB-A');

  it.each([
    ['an enabled plan', { key: 'WEB-A', shortName: 'A', enabled: true }, { kind: 'found', plan: { key: 'WEB-A', project: 'WEB', name: 'A' }, enabled: true }],
    [
      'a branch',
      { key: 'WEB-A', enabled: 'false', master: { key: 'WEB-M' } },
      { kind: 'found', plan: { key: 'WEB-A', project: 'WEB', name: 'WEB-A' }, enabled: false, master: 'WEB-M' },
    ],
    ['another plan', { key: 'WEB-B' }, { kind: 'missing' }],
  ])('is %s', async (_, body, found) => {
    expect(await plan({ body })).toEqual(found);
  });

  it('may be missing or forbidden, and a failing server is neither', async () => {
    expect(await plan({ status: 404 })).toEqual({ kind: 'missing' });
    expect(await plan({ status: 403, body: { message: 'No.' } })).toMatchObject({ kind: 'forbidden' });
    expect((await failureIn(plan({ status: 500 })))?.code).toBe('PAGE_ERROR');
  });
});

describe('queueing a build', () => {
  it('is one write, which names its result', async () => {
    const { http, bamboo } = clientFor({ [QUEUE]: { body: { planKey: 'WEB-A', buildNumber: 7, buildResultKey: 'WEB-A-7' } } });
    expect(await bamboo.queueBuild('WEB-A')).toEqual({ kind: 'queued', result: 'WEB-A-7' });
    expect(http.requests.at(-1)).toMatchObject({ effect: 'write', headers: { 'X-Atlassian-Token': 'no-check' } });
  });

  it.each<[string, TableEntry, object]>([
    ['a number alone', { body: { buildNumber: '7' } }, { kind: 'queued', result: 'WEB-A-7' }],
    ['400', { status: 400, body: { message: 'Plan is disabled.' } }, { kind: 'refused', why: expect.stringContaining('Plan is disabled') }],
    ['403', { status: 403 }, { kind: 'refused' }],
    ['404', { status: 404 }, { kind: 'refused' }],
    ['500', { status: 500 }, { kind: 'unanswered' }],
    ['another shape', { body: {} }, { kind: 'unanswered' }],
    ['no answer', (): RekeyError => new Failure('SERVER_UNREACHABLE', 'The connection was reset.'), { kind: 'unanswered', why: 'The connection was reset.' }],
  ])('takes %s for what it is', async (_, entry, said) => {
    expect(await clientFor({ [QUEUE]: entry }).bamboo.queueBuild('WEB-A')).toMatchObject(said);
  });
});

describe('a build', () => {
  const build = (entry: TableEntry) => clientFor({ [RESULT]: entry }).bamboo.build('WEB-A-7');
  const jobs = (...result: object[]) => ({ stages: { stage: [{ results: { result } }, { name: 'later' }] } });

  it('tells its state and the results of its jobs', async () => {
    const body = { lifeCycleState: 'InProgress', state: 'Unknown', ...jobs({ buildResultKey: 'WEB-A-JOB1-7' }, { key: 'WEB-A-JOB2-7' }) };
    expect(await build({ body })).toEqual({ lifeCycle: 'InProgress', state: 'Unknown', jobs: ['WEB-A-JOB1-7', 'WEB-A-JOB2-7'] });
  });

  it('may not be there yet, or say a word that is not known', async () => {
    expect(await build({ status: 404 })).toEqual({ lifeCycle: 'Pending', state: 'Unknown', jobs: [] });
    expect(await build({ body: { lifeCycleState: 'Dreaming', buildState: 'Failed' } })).toEqual({ lifeCycle: 'unknown', state: 'Failed', jobs: [] });
  });
});

describe("a job's log", () => {
  const log = (entry: TableEntry) => clientFor({ [LOG]: entry }).bamboo.jobLog('WEB-A-JOB1-7');

  it('is read as plain lines, from what is meant for a page only where there is nothing else', async () => {
    const logEntry = [{ unstyledLog: "Starting task 'a'", log: '<b>x</b>' }, { log: '<span>Starting task &#39;a &amp;amp; b&#39;</span>' }];
    expect(await log({ body: { logEntries: { logEntry } } })).toEqual(["Starting task 'a'", "Starting task 'a &amp; b'"]);
  });

  it('is empty where the job has not begun, and a failure where the server fails', async () => {
    expect(await log({ status: 404 })).toEqual([]);
    expect(await log({ body: { lifeCycleState: 'Pending' } })).toEqual([]);
    expect((await failureIn(log({ status: 500 })))?.code).toBe('PAGE_ERROR');
  });
});
