// A waiting session, or one that is booked, is dragged onto the timeline: while it hangs on the pointer every start that
// fits is lit; where the shown days have none, the pointer says where the first one is.
import { read } from "./board.js";
import { dayOf, hourOf, onGrid, spokenDay, startWithin } from "./times.js";

const FAR = 6;

export function startDragging(calendar, data, showLit) {
  document.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("[data-drag]");
    if (card && event.button === 0) follow(card, event, calendar, showLit);
  });
}

function follow(card, down, calendar, showLit) {
  let ghost = null;
  let lit = null;
  const move = (event) => {
    if (!ghost && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > FAR) {
      ghost = lift(card);
      light(card, ghost).then((found) => {
        if (!ghost) return;
        lit = found;
        if (lit) showLit(lit);
      });
    }
    if (!ghost) return;
    event.preventDefault();
    place(ghost, event);
    const at = pointed(calendar, event, lit);
    ghost.dataset.at = at ? wordsOf(at, lit) : ghost.dataset.first || "";
  };
  const end = (event) => {
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    if (!ghost) return;
    ghost.remove();
    ghost = null;
    swallowClick();
    const at = event.type === "pointerup" ? pointed(calendar, event, lit) : null;
    if (at) go(card, at, lit || []);
    else showLit([]);
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
}

// The click that follows a drag opens nothing.
function swallowClick() {
  const swallow = (click) => {
    click.preventDefault();
    click.stopPropagation();
  };
  document.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 0);
}

function lift(card) {
  const ghost = document.createElement("div");
  ghost.className = "ft-ghost";
  ghost.textContent = card.dataset.title || card.querySelector("b").textContent;
  document.body.append(ghost);
  return ghost;
}

function place(ghost, event) {
  ghost.style.setProperty("left", `${event.clientX + 12}px`);
  ghost.style.setProperty("top", `${event.clientY + 12}px`);
}

async function light(card, ghost) {
  const address = new URL(location.href);
  address.pathname = `/calendar/place/${card.dataset.drag}/data`;
  const found = await read(address);
  if (!found) return null;
  if (!found.lit.length) ghost.dataset.first = await firstWords(card);
  return found.lit;
}

async function firstWords(card) {
  const found = await read(`/calendar/place/${card.dataset.drag}/first`);
  const [first] = found ? found.places : [];
  return first ? `这里没有都合适的，最早 ${spokenDay(first.start)} ${hourOf(first.start)}` : "十二周里没有都合适的时间";
}

// Whether it fits is said as soon as the server has answered; before that only where the pointer is.
function wordsOf(at, lit) {
  const place = `${hourOf(at.start)} ${at.title}`;
  if (!lit) return place;
  const fits = lit.some((row) => row.start === at.start && (!at.isRoom || row.resource === at.resource));
  return `${place}，${fits ? "可以放" : "放不下，松手看原因"}`;
}

function pointed(calendar, event, lit) {
  const info = calendar.dateFromPoint(event.clientX, event.clientY);
  if (!info || !info.resource) return null;
  const { kind } = info.resource.extendedProps;
  const start = onGrid(info.date);
  const isRoom = kind === "room";
  const place = isRoom && lit ? startWithin(lit, info.resource.id, start) : null;
  return { start: place ? place.start : start, resource: info.resource.id, title: info.resource.title, isRoom };
}

// On a row of a person or a centre the room is whichever fits at that time.
function go(card, at, lit) {
  const address = new URL(location.href);
  const fitting = lit.find((row) => row.start === at.start);
  const room = at.isRoom ? at.resource : fitting && fitting.resource;
  address.pathname = `/calendar/place/${card.dataset.drag}`;
  address.search = "";
  address.searchParams.set("date", dayOf(at.start));
  if (room) address.searchParams.set("room", room);
  address.searchParams.set("at", at.start.slice(11));
  location.assign(address);
}
