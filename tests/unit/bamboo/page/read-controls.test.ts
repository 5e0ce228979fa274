import { describe, expect, it } from '@jest/globals';
import { isPosted } from '../../../../src/bamboo/page/control.ts';
import { parsePage } from '../../../../src/bamboo/page/document.ts';
import { readForms } from '../../../../src/bamboo/page/read-controls.ts';
import { attributeOf } from '../../../../src/bamboo/page/tree.ts';

/** What a browser would post of the form with id "f", without a button clicked. */
function posted(inner: string, around = ''): [string, string][] {
  const { tree } = parsePage(`<form id="f">${inner}</form>${around}`);
  const found = readForms(tree()).find(({ form }) => attributeOf(form, 'id') === 'f');
  if (found === undefined) throw new RangeError('no form');
  return found.controls.filter(isPosted).map((control) => [control.name, control.value]);
}

describe('the successful controls of a form', () => {
  it('keep document order and duplicates', () => {
    expect(posted('<input name=b value=1><input type=hidden name=a value=2><input name=b value=3>')).toEqual([
      ['b', '1'],
      ['a', '2'],
      ['b', '3'],
    ]);
  });

  it('leave out what has no name, is disabled, is not checked, or is a button', () => {
    const buttons =
      '<button name=save value=1>x</button><input type=submit name=s><input type=image name=i><input type=reset name=r><input type=button name=b>';
    expect(posted(`${buttons}<input value=1><input name="" value=1><input disabled name=d value=1><input type=checkbox name=c value=1>`)).toEqual([]);
  });

  it('leave out what a disabled fieldset holds, but for its first legend', () => {
    const inner =
      '<fieldset disabled><legend><input name=kept value=1></legend><legend><input name=gone1></legend><div><select name=gone2><option>x</select></div></fieldset>';
    expect(posted(inner)).toEqual([['kept', '1']]);
  });

  it('post a checked box without a value as "on", and only the last checked radio of a name', () => {
    expect(posted('<input type=checkbox name=c checked><input type=radio name=r value=1 checked><input type=radio name=r value=2 checked>')).toEqual([
      ['c', 'on'],
      ['r', '2'],
    ]);
  });

  it('take the first enabled option where none is marked, the last where several are', () => {
    expect(posted('<select name=s><option value=0 disabled>-<option value=1>a<option value=2>b</select>')).toEqual([['s', '1']]);
    expect(posted('<select name=s><option value=1 selected>a<option value=2 selected>b</select>')).toEqual([['s', '2']]);
  });

  it('post no select without options, with a disabled chosen option, or that is disabled', () => {
    expect(posted('<select name=a></select><select name=b><option selected disabled value=1></select><select disabled name=c><option>1</select>')).toEqual([]);
    expect(posted('<select name=a><optgroup disabled><option selected value=1></optgroup><option value=2></select>')).toEqual([]);
  });

  it('post every chosen option of a multiple select, and the text of an option without a value', () => {
    expect(posted('<select multiple name=m><option selected> a  b </option><option>c<option selected value=d></select>')).toEqual([
      ['m', 'a b'],
      ['m', 'd'],
    ]);
  });

  it('take no default for a list box', () => {
    expect(posted('<select name=l size=3><option>1<option>2</select>')).toEqual([]);
  });

  it('drop the first line break of a textarea, and those of one-line inputs', () => {
    expect(posted('<textarea name=t>\n\na\n</textarea><input name=i value="a\r\nb"><input type=hidden name=h value="a\nb">')).toEqual([
      ['t', '\na\n'],
      ['i', 'ab'],
      ['h', 'a\nb'],
    ]);
  });

  it('post an empty file for a file input', () => {
    expect(posted('<input type=file name=key value=ignored>')).toEqual([['key', '']]);
  });

  it('take in controls elsewhere that name the form, and leave out those inside that name another', () => {
    expect(posted('<input name=in value=1><input form=g name=out value=2>', '<input form=f name=far value=3><form id=g><input name=other></form>')).toEqual([
      ['in', '1'],
      ['far', '3'],
    ]);
  });

  it('ignore what stands in scripts, templates, comments, noscript and datalists', () => {
    const inert =
      '<script type="text/x-template"><input name=a></script><template><input name=b></template><!-- <input name=c> --><noscript><input name=d></noscript>';
    expect(posted(`${inert}<datalist><option><input name=e></datalist><input name=real value=1>`)).toEqual([['real', '1']]);
  });

  it('decode character references and keep any unicode', () => {
    expect(posted('<input name="a&amp;b" value="&quot;&lt;ü🦊&#x202e;&quot;">')).toEqual([['a&b', '"<ü🦊\u202e"']]);
  });
});
