/** A Java string literal as Atlassian's generator writes it: everything beyond ASCII as an escape. */
export function javaString(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
  return `"${escaped}"`;
}

/** A builder and its calls, one a line, indented under it. */
export function builder(start: string, calls: readonly (string | null)[], indent: number): string {
  return [start, ...calls.filter((call) => call !== null).map((call) => `${' '.repeat(indent)}.${call}`)].join('\n');
}
