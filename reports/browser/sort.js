/** Tables that sort by a click or a key on a column's head: numbers from `data-sort`, else what is written. */
export function makeSortable() {
  for (const table of document.querySelectorAll('table.sortable')) {
    for (const [column, head] of [...table.tHead.rows[0].cells].entries()) {
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'sort' })
      button.append(...head.childNodes)
      head.append(button)
      button.addEventListener('click', () => sortBy(table, column, head))
    }
  }
}

function sortBy(table, column, head) {
  const ascending = head.getAttribute('aria-sort') !== 'ascending'
  for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort')
  head.setAttribute('aria-sort', ascending ? 'ascending' : 'descending')
  const rows = [...table.tBodies[0].rows]
  rows.sort((a, b) => compare(a.cells[column], b.cells[column], ascending ? 1 : -1))
  table.tBodies[0].append(...rows)
}

/** What was not measured comes last, whichever way. */
function compare(a, b, sign) {
  const [x, y] = [keyOf(a), keyOf(b)]
  if (x === '' || y === '') return x === y ? 0 : x === '' ? 1 : -1
  if (typeof x === 'number' && typeof y === 'number') return sign * (x === y ? 0 : x - y)
  return sign * String(x).localeCompare(String(y), 'en', { numeric: true })
}

function keyOf(cell) {
  const text = cell.dataset.sort ?? cell.textContent.trim()
  return text === '' || Number.isNaN(Number(text)) ? text : Number(text)
}
