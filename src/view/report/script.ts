/**
 * The only script of the HTML report: fills, searches and sorts the long tables. It makes cells from text only, never from markup,
 * and shows a part of the rows at a time, so that ten thousand are as quick as ten; on paper all of them stand.
 */
export const SCRIPT = `
'use strict';
for (const data of document.querySelectorAll('script[type="application/json"]')) {
  const { columns, rows } = JSON.parse(data.textContent);
  const box = data.parentElement;
  const body = box.querySelector('tbody');
  const search = box.querySelector('input');
  const shown = box.querySelector('.shown');
  const more = box.querySelector('.more');
  const heads = [...box.querySelectorAll('th')];
  const textOf = (cell) => (Array.isArray(cell) ? cell[0] : cell);
  const keyOf = (cell) => (Array.isArray(cell) ? cell[1] : cell);
  const collator = new Intl.Collator(undefined, { numeric: true });
  let texts;
  let found = rows;
  let sorted = rows;
  let order = { column: -1, up: true };
  let drawn = 0;
  const cellOf = (cell, index) => {
    const td = document.createElement('td');
    const text = textOf(cell);
    const { title, kind } = columns[index];
    if (kind === 'number') td.className = 'n';
    if (index > 0 && text !== '') td.dataset.label = title;
    if (kind !== 'outcome') td.textContent = text;
    else {
      const mark = document.createElement('span');
      mark.className = 'o ' + text.split(' ')[0];
      mark.textContent = text;
      td.append(mark);
    }
    return td;
  };
  const draw = (count) => {
    const part = document.createDocumentFragment();
    for (const row of found.slice(drawn, drawn + count)) {
      const tr = document.createElement('tr');
      tr.append(...row.map(cellOf));
      part.append(tr);
    }
    body.append(part);
    drawn = Math.min(found.length, drawn + count);
    shown.textContent = drawn.toLocaleString('en-GB') + ' of ' + found.length.toLocaleString('en-GB') + ' shown' +
      (found.length === rows.length ? '' : ', ' + rows.length.toLocaleString('en-GB') + ' in all');
    more.hidden = drawn >= found.length;
  };
  const redraw = () => {
    body.replaceChildren();
    drawn = 0;
    draw(100);
  };
  const filter = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    texts ??= new Map(rows.map((row) => [row, row.map(textOf).join('\\n').toLowerCase()]));
    found = words.length === 0 ? sorted : sorted.filter((row) => words.every((word) => texts.get(row).includes(word)));
    redraw();
  };
  const compare = (one, other) => (typeof one === 'number' ? one - other : collator.compare(one, other));
  const sort = (column) => {
    order = { column, up: order.column === column ? !order.up : true };
    const sign = order.up ? 1 : -1;
    sorted = [...rows].sort((one, other) => sign * compare(keyOf(one[column]), keyOf(other[column])));
    heads.forEach((head, index) => head.setAttribute('aria-sort', index !== column ? 'none' : order.up ? 'ascending' : 'descending'));
    filter();
  };
  heads.forEach((head, index) => head.querySelector('button').addEventListener('click', () => sort(index)));
  search.addEventListener('input', filter);
  more.addEventListener('click', () => draw(500));
  addEventListener('beforeprint', () => draw(found.length));
  for (const hidden of box.querySelectorAll('[hidden]')) if (hidden !== more) hidden.hidden = false;
  redraw();
}
`;
