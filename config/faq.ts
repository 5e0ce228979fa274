import { ERRORS } from '../src/core/errors.ts';

/** What a person asks who meets an exit code, in the order of a first use. */
const QUESTIONS: readonly (readonly [question: string, exit: number])[] = [
  ['The command line, the configuration or a file is not taken. What now?', 2],
  ['It refuses to begin. Is the server as it was?', 4],
  ['It cannot log in, or the login ended.', 7],
  ['Another run holds the lock.', 6],
  ['Some objects drifted. What are they?', 3],
  ['Some objects failed, were skipped or are unknown.', 5],
  ['It was interrupted.', 130],
  ['It stopped with a failure that I did not expect.', 1],
];

const ANSWERS: Readonly<Record<number, string>> = {
  1: 'What was written is in the journal of the run; the same command, or `resume`, goes on.',
  2: 'Nothing was written. The message names the place; below is what to do for each code.',
  3: 'Somebody changed them on the server after the plan was made. They were left alone; a new plan takes them as they are now.',
  4: 'Yes: preflight refused, and nothing was written.',
  5: 'The others are done. `bamboo-rekey show latest` gives the reason of each; `resume` tries again and settles what is unknown by reading back.',
  6: 'Two runs never write to one server at the same time. The message names host and process of the other.',
  7: 'It stopped at once, so that no account gets locked. Mend the login, then `resume` goes on.',
  130: 'What was in flight has ended and is in the journal; `bamboo-rekey resume latest` goes on.',
};

function section([question, exit]: (typeof QUESTIONS)[number]): string {
  const rows = Object.entries(ERRORS).filter(([, row]) => row.exit === exit);
  const list = rows.map(([code, { remedy }]) => `- \`${code}\`: ${remedy}`);
  return [`## ${question}`, `${ANSWERS[exit]} (Exit code ${exit}.)`, ...(list.length === 0 ? [] : [list.join('\n')])].join('\n\n');
}

/** Frequent questions; what to do for each failure is the column of the error table. */
export function frequentQuestions(head: string): string {
  return `${head}
# Questions

## Does anything change before I say so?
No. \`doctor\`, \`inventory\`, \`plan\`, \`verify\` and \`rollback --dry-run\` change nothing. \`apply\` changes one canary and asks before the others.

## Can I go back?
The configuration, yes, as long as the old secrets are given under \`previous\`. Since 28 July 2026 Bitbucket refuses every app password, so going back
restores what Bamboo held and not the service. The plan tells this for each object before anything is written.

## Where are the secrets?
Where you keep them. The configuration refers to them, and everything that is written or printed passes a filter that knows each one by its value.

## May I run it twice?
Yes. A second \`apply\` of the same plan finds everything done and changes nothing.

${QUESTIONS.map(section).join('\n\n')}
`;
}
