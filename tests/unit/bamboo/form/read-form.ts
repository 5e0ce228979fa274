import { chooseEditForm } from '../../../../src/bamboo/form/edit-form.ts';
import { type FormReading, type RepositoryForm, readRepositoryForm } from '../../../../src/bamboo/form/repository-form.ts';
import type { PairOverride } from '../../../../src/bamboo/form/secret-pair.ts';
import { parsePage } from '../../../../src/bamboo/page/document.ts';
import type { Place } from '../../../../src/core/model.ts';

/** A linked repository. */
export const PLACE: Place = { object: 'repository', id: '4711', level: 'global', name: 'Web shop' };

/** Reads a page to the end; a page without an edit form fails the test. */
export function readPage(html: string, override?: PairOverride): FormReading {
  const form = chooseEditForm(parsePage(html), PLACE.id, 'the page');
  if (form === undefined) throw new RangeError('the page has no edit form');
  return readRepositoryForm(form, { place: PLACE, gitBase: 'https://bitbucket.org', ...(override === undefined ? {} : { override }) });
}

/** Reads a page that shows a repository of a type we know. */
export function readRepository(html: string, override?: PairOverride): RepositoryForm {
  const reading = readPage(html, override);
  if (reading.kind !== 'repository') throw new RangeError(`the page is of kind ${reading.kind}`);
  return reading;
}
