/** Fenced blocks of a page in Markdown whose opening line says this, such as `ts` or `sh test`. */
export function codeBlocks(page: string, opening: string): string[] {
  return [...page.matchAll(/^```([^\n]*)\n(.*?)^```$/gms)].filter(([, words]) => words === opening).map(([, , code]) => code ?? '');
}
