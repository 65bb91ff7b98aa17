// A waiting session is dragged from the list onto the timeline: while it hangs on the pointer every start that fits is lit.
import { read } from "./board.js";
import { dayOf, onGrid } from "./times.js";

const FAR = 6;

export function startDragging(calendar, data, showLit) {
  document.querySelectorAll("[data-drag]").forEach((card) => {
    card.addEventListener("pointerdown", (event) => event.button === 0 && follow(card, event, calendar, data, showLit));
  });
}

function follow(card, down, calendar, data, showLit) {
  let ghost = null;
  const move = (event) => {
    if (!ghost && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > FAR) {
      ghost = lift(card);
      light(card, showLit);
    }
    if (!ghost) return;
    event.preventDefault();
    place(ghost, event);
    const at = pointed(calendar, event);
    ghost.dataset.at = at ? `${at.start.slice(11)} ${at.title}` : "";
  };
  const end = (event) => {
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    if (!ghost) return;
    ghost.remove();
    card.addEventListener("click", (click) => click.preventDefault(), { once: true });
    const at = event.type === "pointerup" ? pointed(calendar, event) : null;
    if (at) go(card, at);
    else showLit([]);
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
}

function lift(card) {
  const ghost = document.createElement("div");
  ghost.className = "ft-ghost";
  ghost.textContent = card.querySelector("b").textContent;
  document.body.append(ghost);
  return ghost;
}

function place(ghost, event) {
  ghost.style.setProperty("left", `${event.clientX + 12}px`);
  ghost.style.setProperty("top", `${event.clientY + 12}px`);
}

async function light(card, showLit) {
  const address = new URL(location.href);
  address.pathname = `/calendar/place/${card.dataset.drag}/data`;
  const found = await read(address);
  if (found) showLit(found.lit);
}

function pointed(calendar, event) {
  const info = calendar.dateFromPoint(event.clientX, event.clientY);
  if (!info || !info.resource) return null;
  return { start: onGrid(info.date), resource: info.resource.id, title: info.resource.title };
}

function go(card, at) {
  const address = new URL(location.href);
  address.pathname = `/calendar/place/${card.dataset.drag}`;
  address.search = "";
  address.searchParams.set("date", dayOf(at.start));
  address.searchParams.set("room", at.resource);
  address.searchParams.set("at", at.start.slice(11));
  location.assign(address);
}
