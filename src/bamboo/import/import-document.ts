import { endsEverything, toRekeyError } from '../../core/errors.ts';
import type { Pair, WriteAnswer } from '../../core/ports.ts';
import { beforeSending, clean } from '../form/post-form.ts';
import type { Rest } from '../rest/rest.ts';
import { judgeRepositoryImport } from './import-answer.ts';

/** An import body and the version of the model that it is written in. */
export interface ImportBody {
  readonly body: string;
  readonly modelVersion: string | undefined;
}

/** Sends one import, once; `isExpected` says whether the id that it is answered with is the right one. @throws RekeyError with exit 7, or before anything was sent */
export async function importDocument(rest: Rest, { body, modelVersion }: ImportBody, pair: Pair, isExpected: (id: string) => boolean): Promise<WriteAnswer> {
  try {
    return clean(judgeRepositoryImport(await rest.post('/import/repository', { body, contentType: contentType(modelVersion) }), isExpected), pair);
  } catch (thrown) {
    const error = toRekeyError(thrown);
    if (beforeSending(error) || endsEverything(error)) throw error;
    return clean({ kind: 'unanswered', why: error.message }, pair);
  }
}

/** The publisher of Atlassian names its version; a client without one is taken, too [A, T]. */
function contentType(modelVersion: string | undefined): string {
  return modelVersion === undefined || !/^[\w.-]+$/.test(modelVersion) ? 'application/x-yaml' : `application/x-yaml; charset=UTF-8; version=${modelVersion}`;
}
