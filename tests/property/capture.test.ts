import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redactPage } from '../../src/bamboo/capture/redact-page.ts';
import { parsePage } from '../../src/bamboo/page/document.ts';
import { readForms } from '../../src/bamboo/page/read-controls.ts';
import { attributeOf } from '../../src/bamboo/page/tree.ts';
import { editPage, escaped, FAMILIES } from '../support/edit-form-page.ts';

/** Content that no page has by chance: letters of one case, digits, signs that markup escapes, spaces and slashes. */
const content = fc
  .tuple(fc.constantFrom('Q', 'Ж', '名'), fc.array(fc.constantFrom(...'xyz0123456789&<>"\'/ @:éß'.split('')), { minLength: 4, maxLength: 24 }))
  .map(([first, rest]) => `${first}${rest.join('').trim()}w`);

interface Contents {
  readonly name: string;
  readonly username: string;
  readonly workspace: string;
  readonly option: string;
  readonly secret: string;
  readonly text: string;
  readonly label: string;
  readonly address: string;
}

const contents: fc.Arbitrary<Contents> = fc.record({
  name: content,
  username: content,
  workspace: content,
  option: content,
  secret: content,
  text: content,
  label: content,
  address: content,
});

/** Content in every place where a page may hold some: values, options, texts, addresses, comments, scripts, and classes that repeat a name. */
function pageWith(of: Contents, names: (typeof FAMILIES)[string] | undefined): string {
  const [name, option, secret, text, label] = [of.name, of.option, of.secret, of.text, of.label].map(escaped);
  const inside = [
    `<label for="x">Repository ${label}</label><input type="hidden" name="repeats" value="${label}">`,
    `<select name="repository.bitbucket.shared"><option value="${option}" selected>${option} of ${name}</option><option value="${secret}">${text}</option></select>`,
    `<input type="password" name="repository.bitbucket.passphrase" value="${secret}"><input type="radio" name="repository.bitbucket.mode" value="${option}">`,
    `<textarea name="repository.bitbucket.sshKey">${secret}</textarea><input type="text" placeholder="${text}" title="${text}" data-old="${secret}" name="repository.bitbucket.hint" value="">`,
    `<a href="https://host/${encodeURIComponent(of.address)}?q=${escaped(of.address)}">${text}</a><p>${text} and ${name}</p><!-- ${of.secret.replaceAll('-', '')} -->`,
    `<script>var secret = ${JSON.stringify(of.secret).replaceAll('<', '')};</script><button type="submit" value="${name}">${name}</button>`,
  ].join('\n');
  return editPage({
    name: of.name,
    username: of.username,
    repository: escaped(of.workspace),
    inside,
    decorated: true,
    action: `https://host/${encodeURIComponent(of.address)}/admin/updateLinkedRepository.action?q=${escaped(of.address)}`,
    ...(names === undefined ? {} : { names }),
  });
}

/** How content may be written in markup. */
function spellings(text: string): string[] {
  return [text, escaped(text), text.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('&', '&amp;'), encodeURIComponent(text)].map((each) =>
    each.toLowerCase(),
  );
}

function structure(html: string): unknown {
  const root = parsePage(html).tree();
  return readForms(root).map(({ form, controls }) => [
    attributeOf(form, 'method'),
    attributeOf(form, 'enctype'),
    controls.map(({ name, kind, chosen, disabled, sections }) => ({ name, kind, chosen, disabled, sections })),
  ]);
}

describe('capturing a form', () => {
  const family = fc.constantFrom(...Object.values(FAMILIES), undefined);

  it('leaves no value, text or address of the page in it', () => {
    fc.assert(
      fc.property(contents, family, (of, names) => {
        const captured = redactPage(parsePage(pageWith(of, names))).toLowerCase();
        for (const [what, text] of Object.entries(of))
          for (const spelling of spellings(text)) expect({ what, found: captured.includes(spelling) }).toEqual({ what, found: false });
      }),
      { numRuns: 60 },
    );
  });

  it('leaves no long piece of a value in it, either', () => {
    fc.assert(
      fc.property(contents, (of) => {
        const captured = redactPage(parsePage(pageWith(of, undefined)));
        const pieces = Object.values(of).flatMap((text) => Array.from({ length: Math.max(0, text.length - 6) }, (_, at) => text.slice(at, at + 7)));
        expect(pieces.filter((piece) => !piece.includes('repository') && captured.includes(piece))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps names, kinds, order and sections of all controls', () => {
    fc.assert(
      fc.property(contents, family, (of, names) => {
        const html = pageWith(of, names);
        expect(structure(redactPage(parsePage(html)))).toEqual(structure(html));
      }),
      { numRuns: 30 },
    );
  });

  it('keeps labels that are no content, and which choice a section depends on', () => {
    const captured = redactPage(parsePage(editPage({ name: 'Web shop', inside: '<label>Change password</label><label>Web shop</label>' })));
    expect(captured).toContain('<label>Change password</label><label>[label]</label>');
    expect(captured).toContain('<option value="SHARED_CREDENTIALS">');
    expect(captured).toContain('dependsOntemporary_bitbucket_password_change showOntrue');
    expect(captured).toContain('action="[address]/updateLinkedRepository.action"');
    expect(captured).not.toContain('Web shop');
  });
});
