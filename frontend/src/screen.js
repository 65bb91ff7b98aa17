// The hall's screen: looks for new turns every two seconds and keeps the newest in view.
const EVERY_MS = 2000;
const MOST_SHOWN = 60;
const { url } = document.body.dataset;
const list = document.querySelector("[data-turns]");
let { cursor } = document.body.dataset;

const toEnd = () => window.scrollTo(0, document.body.scrollHeight);

function show(html) {
  const rows = new DOMParser().parseFromString(`<ol>${html}</ol>`, "text/html").querySelectorAll("li[data-id]");
  rows.forEach((row) => {
    const fresh = document.importNode(row, true);
    const known = list.querySelector(`[data-id="${CSS.escape(row.dataset.id)}"]`);
    if (known) known.replaceWith(fresh);
    else list.insertBefore(fresh, [...list.children].find((other) => +other.dataset.at > +row.dataset.at) || null);
  });
  while (list.children.length > MOST_SHOWN) list.firstElementChild.remove();
  if (rows.length) toEnd();
}

async function look() {
  try {
    const response = await fetch(`${url}?after=${encodeURIComponent(cursor)}`, { headers: { Accept: "application/json" } });
    if (!response.ok || response.redirected) return;
    const news = await response.json();
    show(news.turns);
    cursor = news.cursor;
    document.querySelector("[data-stage]").textContent = news.stage;
    document.querySelector("[data-recess]").hidden = !news.recess;
  } catch {
    // The line is cut: the hall keeps what it has, the next look tries again.
  }
}

toEnd();
setInterval(look, EVERY_MS);
