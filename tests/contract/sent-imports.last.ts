import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { credentialText, withCredentialText } from '../../src/core/specs-document/credential-text.ts';
import { buildReferee, judgeDocuments, type Ruling } from '../support/referee.ts';
import { readSentImports, type SentImport } from '../support/sent-imports.ts';
import { treeOf } from '../support/specs-documents.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

/** Keys that the suites make up to stand for those of later versions: the library, which is of today, refuses them. */
const SYNTHETIC_KEY = /^\s+(cloneDepth|partialClone|newKey|laterKey)\s*:/m;
/** Where repositories and credentials go. What simulators let pass on other paths, nobody holds. */
const HELD = ['/repository', '/sharedCredentials'];
/** Every kind of process that takes imports in CI, by its script: Jest, the bin as a simulator, the tellers of random stories, the demo. */
const PROGRAMS = ['jest', 'bamboo-rekey.mjs', 'story-child.mjs', 'demo.mjs'];

/** A body with what Atlassian's library says of it, and of the document that it was made from. */
interface Judged {
  readonly sent: SentImport;
  readonly ruling: Ruling | undefined;
  readonly original: Ruling | undefined;
}

/** Every import body that the other suites sent, before Atlassian's own parser and validators; runs after them, in `.ci/run`. */
describe('the import bodies that the suites sent', () => {
  const temporaryDirectory = temporaryDirectories();
  let judged: readonly Judged[] = [];
  let synthetic = 0;
  let foreign = 0;

  beforeAll(() => {
    buildReferee();
    const all = readSentImports();
    const real = all.filter(({ body }) => !SYNTHETIC_KEY.test(body));
    synthetic = all.length - real.length;
    judged = judgeAll(real.filter(({ sender, status, path }) => sender === 'product' || (status === 200 && HELD.includes(path))));
    foreign = real.length - judged.length;
  }, 600_000);

  /** One run of the referee for the bodies and for what they were made from. */
  function judgeAll(sent: readonly SentImport[]): Judged[] {
    const folder = join(temporaryDirectory(), 'documents');
    mkdirSync(folder);
    const rulings = judgeDocuments(
      sent.flatMap(({ body, exported }) => [body, exported ?? body]),
      folder,
    );
    return sent.map((each, index) => ({ sent: each, ruling: rulings[2 * index], original: each.exported === undefined ? undefined : rulings[2 * index + 1] }));
  }

  const ours = (): Judged[] => judged.filter(({ sent }) => sent.sender === 'product');
  const refused = (bodies: readonly Judged[]): object[] =>
    bodies.filter(({ ruling }) => ruling?.kind !== 'accepted').map(({ sent, ruling }) => ({ from: fromWhere(sent), ruling, body: sent.body }));
  const count = (program: string): number => ours().filter(({ sent }) => sent.program === program).length;

  it('are all accepted where our code wrote them', () => {
    expect(ours().length).toBeGreaterThan(0);
    expect(refused(ours())).toEqual([]);
  });

  it('come from every kind of process that takes imports', () => {
    const programs = [...new Set([...PROGRAMS, ...ours().map(({ sent }) => sent.program)])];
    expect(programs.filter((program) => count(program) === 0)).toEqual([]);
    process.stderr.write(`Of our own bodies, ${programs.map((program) => `${count(program)} came to ${program}`).join(', ')}.\n`);
  });

  it('equal the entity that was exported, but for user name and password', () => {
    const changed = ours().filter(({ original }) => original !== undefined);
    expect(changed.length).toBeGreaterThan(0);
    for (const { ruling, original, sent } of changed)
      expect({ from: fromWhere(sent), entity: withoutPair(ruling) }).toEqual({ from: fromWhere(sent), entity: withoutPair(original) });
    process.stderr.write(
      `Atlassian's library judged ${judged.length} import bodies: ${ours().length} of our own, ${changed.length} of them beside the document they were made from, and ${judged.length - ours().length} of other clients. Left out: ${synthetic} with made-up keys, ${foreign} of other clients that no simulator took.\n`,
    );
  });

  it('are accepted by the library, too, where a simulator took them from another client', () => {
    expect(refused(judged.filter(({ sent }) => sent.sender === 'other'))).toEqual([]);
  });
});

function fromWhere({ program, suite }: SentImport): string {
  return suite ?? program;
}

/** An entity as the library writes it down, with the same words in place of user name and password. */
function withoutPair(ruling: Ruling | undefined): string {
  if (ruling?.kind !== 'accepted') throw new RangeError(`not accepted: ${ruling?.why}`);
  const tree = treeOf(ruling.canonical);
  expect(credentialText(tree)).toBeDefined();
  return withCredentialText(tree, { username: ': the user name', password: ': the password' }) ?? '';
}
