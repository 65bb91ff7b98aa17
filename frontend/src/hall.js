// The hall's screen: looks every three seconds, keeps what it has while the line is cut, and says so after fifteen.
const EVERY_MS = 3000;
const LOST_AFTER_MS = 15000;
let seenAt = Date.now();

async function look() {
  try {
    const response = await fetch(window.location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (!response.ok || response.redirected) throw new Error("no answer");
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-hall]");
    if (!fresh) throw new Error("another page");
    document.querySelector("[data-hall]").replaceWith(document.importNode(fresh, true));
    seenAt = Date.now();
  } catch {
    // Kept as it is; the next look tries again.
  }
  document.querySelector("[data-lost]").hidden = Date.now() - seenAt < LOST_AFTER_MS;
}

setInterval(look, EVERY_MS);
