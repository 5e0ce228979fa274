/** Stands where a text was cut. The redactor takes the start of a secret before this mark for that secret: whoever cuts foreign words leaves the mark. */
export const CUT_MARK = '…';

/** Foreign words of at most this length, with the mark where they were cut. */
export function cutWords(words: string, longest: number): string {
  return words.length <= longest ? words : `${words.slice(0, longest - CUT_MARK.length)}${CUT_MARK}`;
}
