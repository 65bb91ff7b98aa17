// Everything around the turns: drawn anew from the server's page, but never under the hand of somebody who fills it in.
const PANELS = ["desk-head", "desk-course", "desk-people", "desk-refusal"];

const isInUse = (panel) =>
  panel.contains(document.activeElement) && document.activeElement.matches("input, textarea, select") ||
  Boolean(panel.querySelector("details[open] input:not([type=hidden]), details[open] textarea, details[open] select"));

export function drawPanels(page, { isOwnAct = false } = {}) {
  PANELS.forEach((id) => {
    const now = document.getElementById(id);
    const fresh = page.getElementById(id);
    if (!now || !fresh || (!isOwnAct && isInUse(now)) || (id === "desk-refusal" && !isOwnAct)) return;
    if (now.innerHTML !== fresh.innerHTML) now.innerHTML = fresh.innerHTML;
  });
}

export function drawSpeakers(page, speakers) {
  const now = document.getElementById("desk-speakers");
  const fresh = page.getElementById("desk-speakers");
  if (!now || !fresh) return;
  const chosen = speakers.chosen();
  now.innerHTML = fresh.innerHTML;
  speakers.choose(chosen);
}

export function startTimer() {
  const begun = Date.now();
  setInterval(() => {
    const shown = document.querySelector("[data-running-since]");
    if (!shown) return;
    const minutes = Math.floor((+shown.dataset.now - +shown.dataset.runningSince + Date.now() - begun) / 60000);
    shown.textContent = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
  }, 15000);
}
