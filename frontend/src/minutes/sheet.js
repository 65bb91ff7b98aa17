// The list of turns: rows from the server at their time, rows still waiting at the end, the reader's place kept.
import { clockTime } from "../staff/today.js";

const NEAR_THE_END = 80;

function rowsOf(html) {
  return [...new DOMParser().parseFromString(`<ol>${html}</ol>`, "text/html").querySelectorAll("li[data-id]")];
}

export class Sheet {
  constructor(list) {
    this.list = list;
    this.toEnd();
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }

  // Keeps the end in view if it was in view.
  change(act) {
    const wasAtEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_THE_END;
    act();
    if (wasAtEnd) this.toEnd();
  }

  merge(html) {
    this.mergeRows(rowsOf(html));
  }

  mergeRows(rows) {
    if (rows.length) this.change(() => rows.forEach((row) => this.put(document.importNode(row, true))));
  }

  put(row) {
    const known = this.list.querySelector(`[data-id="${CSS.escape(row.dataset.id)}"]`);
    if (known) {
      if (known.innerHTML !== row.innerHTML) known.replaceWith(row);
      return;
    }
    if (row.dataset.clientId) this.dropWaiting(row.dataset.clientId);
    this.list.insertBefore(row, this.placeFor(+row.dataset.at));
  }

  // Looked for from the end, where new turns nearly always belong.
  placeFor(at) {
    let before = null;
    for (let row = this.list.lastElementChild; row; row = row.previousElementSibling) {
      if (!row.classList.contains("ft-waiting") && +row.dataset.at <= at) break;
      before = row;
    }
    return before;
  }

  showWaiting(turn) {
    const row = document.createElement("li");
    row.className = "ft-waiting";
    row.dataset.waiting = turn.client_id;
    const time = document.createElement("time");
    time.textContent = clockTime();
    const who = document.createElement("span");
    who.className = "ft-who";
    [["b", turn.name], ["small", turn.role]].forEach(([tag, words]) => who.append(Object.assign(document.createElement(tag), { textContent: words })));
    const said = document.createElement("div");
    said.className = "ft-said";
    said.append(Object.assign(document.createElement("p"), { textContent: turn.text }));
    row.append(time, who, said);
    this.list.append(row);
    this.toEnd();
  }

  dropWaiting(clientId) {
    const row = this.list.querySelector(`[data-waiting="${CSS.escape(clientId)}"]`);
    if (row) row.remove();
  }
}
