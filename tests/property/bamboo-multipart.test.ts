import { describe, expect, it } from '@jest/globals';
import busboy from 'busboy';
import fc from 'fast-check';
import { encodeMultipart, type Part } from '../../src/bamboo/form/multipart.ts';
import { isPosted } from '../../src/bamboo/page/control.ts';
import { parsePage } from '../../src/bamboo/page/document.ts';
import { readForms } from '../../src/bamboo/page/read-controls.ts';
import { Secret } from '../../src/core/secret.ts';
import { escaped } from '../support/edit-form-page.ts';

/** What a server's parser makes of a body: fields in order, and empty files. */
async function parse({ contentType, body }: { contentType: string; body: Uint8Array }): Promise<[string, string][]> {
  const found: [string, string][] = [];
  const parser = busboy({
    headers: { 'content-type': contentType },
    defParamCharset: 'utf8',
    preservePath: true,
    limits: { fieldSize: 1e6, fieldNameSize: 1e4 },
  });
  parser.on('field', (name, value) => found.push([name, value]));
  parser.on('file', (name, stream) => {
    found.push([name, '(file)']);
    stream.resume();
  });
  const closed = new Promise((resolve, reject) => parser.on('close', resolve).on('error', reject));
  parser.end(Buffer.from(body));
  await closed;
  return found;
}

const crlf = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n');
/** Names and values as forms have them: any unicode, line breaks, quotes. */
const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constantFrom('a\nb', '--boundary--', '"; filename="x', '\r\n\r\n'));
const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/["\\\r\n]/.test(text) && text.trim() === text && text !== '_charset_');

describe('a posted form', () => {
  it('reaches a server with every name and value, in order', async () => {
    const field = fc.record({
      kind: fc.constant('field' as const),
      name,
      value: fc.oneof(
        value,
        value.map((text) => new Secret(text)),
      ),
    });
    const file = fc.record({ kind: fc.constant('file' as const), name });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(field, field, file), { maxLength: 8 }), async (parts: Part[]) => {
        const wanted = parts.map((part) => [
          part.name,
          part.kind === 'file' ? '(file)' : crlf(part.value instanceof Secret ? part.value.reveal() : part.value),
        ]);
        expect(await parse(encodeMultipart(parts))).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });

  it('carries what stands in the page: hidden inputs and textareas survive HTML and multipart', async () => {
    // HTML itself knows no NUL, and turns lone carriage returns into line feeds.
    const text = value.map((each) =>
      each
        .replaceAll('\0', '')
        .replace(/\r\n?/g, '\n')
        .replace(/[\ufffe\uffff]|[\u{fdd0}-\u{fdef}]/gu, ''),
    );
    const controls = fc.array(fc.record({ area: fc.boolean(), name, text }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(controls, async (list) => {
        const markup = list.map(({ area, name: each, text: content }) =>
          area
            ? `<textarea name="${escaped(each)}">\n${escaped(content)}</textarea>`
            : `<input type="hidden" name="${escaped(each)}" value="${escaped(content)}">`,
        );
        const [form] = readForms(parsePage(`<form>${markup.join('')}</form>`).tree());
        if (form === undefined) throw new RangeError('no form');
        const parts = form.controls.filter(isPosted).map((control): Part => ({ kind: 'field', name: control.name, value: control.value }));
        expect(await parse(encodeMultipart(parts))).toEqual(list.map((each) => [each.name, crlf(each.text)]));
      }),
      { numRuns: 200 },
    );
  });
});
