import { z } from 'zod';
import type { Pair, TestAnswer } from '../../core/ports.ts';
import { wireText, withoutSecret } from '../clear-text.ts';
import { isPosted } from '../page/control.ts';
import type { Rest } from '../rest/rest.ts';
import { firstSentence, oneLine } from '../words.ts';
import type { RepositoryForm } from './repository-form.ts';
import { OWN_FIELDS } from './settings.ts';

const TestBody = z.object({ connectionErrors: z.array(z.unknown()) });

/** Names that only tell a form post which boxes and lists it holds; a JSON object can't repeat them. */
const POST_ONLY = new Set(['checkBoxFields', 'selectFields', 'atl_token']);

/**
 * The form's fields as one JSON object; where a name repeats the first counts. The stored secret is used when flag and secret are absent.
 * The type's fields are documented [P]; the others, such as the name, go along because a server may validate the whole form.
 */
function testBody(form: RepositoryForm, selected: string, pair: Pair | 'stored'): string {
  const { credential } = form;
  const changing = credential === undefined ? [] : [credential.flag.name, credential.secret.name];
  const fields = new Map([
    ['selectedRepository', selected],
    ['repositoryId', form.state.place.id],
  ]);
  const left = new Set([...POST_ONLY, ...OWN_FIELDS.keys(), ...changing]);
  for (const control of form.controls.filter(isPosted)) {
    if (!['file', 'button', 'password'].includes(control.kind) && !left.has(control.name) && !fields.has(control.name)) fields.set(control.name, control.value);
  }
  if (pair !== 'stored' && credential !== undefined) {
    fields.set(credential.username.name, pair.username).set(credential.flag.name, 'true').set(credential.secret.name, wireText(pair.secret));
  }
  return JSON.stringify(Object.fromEntries(fields));
}

function words(errors: readonly unknown[], pair: Pair | 'stored'): string {
  const texts = errors.filter((error) => typeof error === 'string').map((error) => (pair === 'stored' ? error : withoutSecret(error, pair.secret)));
  return oneLine(texts.map(firstSentence).join(' ') || 'Bamboo gave no reason', 300);
}

/** Bamboo's own connection test: `connectionErrors` empty = reachable, non-empty = failed, both with 200 [P]. */
export async function testConnection(rest: Rest, form: RepositoryForm, selected: string, pair: Pair | 'stored'): Promise<TestAnswer> {
  if (pair !== 'stored' && form.credential === undefined) return { kind: 'unavailable', why: 'the form does not show where a new secret goes' };
  const answer = await rest.ask('/repository/testConnection', testBody(form, selected, pair));
  if (answer.kind === 'problem')
    return {
      kind: answer.status === 403 ? 'forbidden' : 'unavailable',
      why: pair === 'stored' ? answer.error.message : withoutSecret(answer.error.message, pair.secret),
    };
  const { data } = TestBody.safeParse(answer.value);
  if (data === undefined) return { kind: 'unavailable', why: 'Bamboo answered with JSON of an unknown shape' };
  return data.connectionErrors.length === 0 ? { kind: 'reachable' } : { kind: 'failed', why: words(data.connectionErrors, pair) };
}
