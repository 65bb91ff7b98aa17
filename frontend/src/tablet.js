// The tablet of a desk: shows the page of the server's phase, and carries on after a cut line, a restart or a sleep.
import { forgetStrokes } from "./tablet/kept.js";

const EVERY_MS = 3000;
const AGAIN_MS = 2000;
const HOME = "/tablet";
const BUSY = [502, 503, 504];
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
let isSending = false;

// Not into the history: the arrow back must not lead to the page of the one before.
const show = () => location.replace(HOME);
const isOff = (off) => {
  const note = document.querySelector("[data-offline]");
  if (note) note.hidden = !off;
};

async function look() {
  const root = document.querySelector("[data-tablet]");
  if (!root || isSending) return;
  try {
    const response = await fetch(`${HOME}/now`, { headers: { Accept: "application/json" } });
    if (response.status === 404) show();
    if (!response.ok) return;
    const { key } = await response.json();
    isOff(false);
    if (key !== root.dataset.key && !isSending) show();
  } catch {
    isOff(true);
  }
}

async function sent(address, body) {
  for (;;) {
    try {
      const response = await fetch(address, { method: "POST", body, redirect: "manual" });
      if (!BUSY.includes(response.status)) return response;
    } catch {
      // No line: what is sent twice acts once, so it is simply sent again.
    }
    isOff(true);
    await wait(AGAIN_MS);
  }
}

// A page in answer (look once more, a refusal) takes the place of this one; anything else leads to the phase's page.
async function send(form) {
  isSending = true;
  const response = await sent(form.action, new URLSearchParams(new FormData(form)));
  const fresh =
    response.type === "opaqueredirect"
      ? null
      : new DOMParser().parseFromString(await response.text(), "text/html").querySelector("main [data-tablet]");
  if (!fresh || fresh.querySelector("[data-signature]")) {
    show();
    return;
  }
  document.querySelector("[data-tablet]").replaceWith(document.importNode(fresh, true));
  window.scrollTo(0, 0);
  isSending = false;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.closest("[data-tablet]")) return;
  event.preventDefault();
  if (!isSending) send(form);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-read-aloud]"))
    document.querySelectorAll("[name=is_aloud]").forEach((field) => {
      field.value = "1";
    });
  if (event.target.closest("[data-write-anew]")) forgetStrokes();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
});
// Only the pad may find strokes: on every other page those of the one before are gone.
if (!document.querySelector("[data-signature]")) forgetStrokes();
setInterval(look, EVERY_MS);
