// Placing mode: one session follows pointer and keys; a lit start takes it, any other place says why it does not.
import { read } from "./board.js";
import { dayOf, hourOf, onGrid, plus, spokenDay, startWithin } from "./times.js";

const OPENS = "08:00";
const CLOSES = "18:00";

export function startPlacing(root, calendar, data) {
  const rooms = data.resources.filter((row) => row.kind === "room");
  const lit = new Map(data.lit.map((row) => [`${row.resource} ${row.start}`, row]));
  const minutes = Number(root.dataset.minutes);
  const cursor = firstPlace(root, data, rooms);
  const spoken = document.querySelector("[data-spoken]");
  let asked = 0;

  const found = () => lit.get(`${cursor.room} ${cursor.start}`);

  function draw() {
    calendar.removeEventById("placing");
    calendar.addEvent({
      id: "placing",
      resourceIds: [cursor.room],
      start: cursor.start,
      end: plus(cursor.start, minutes),
      title: root.dataset.title,
      startEditable: true,
      classNames: ["ft-ev", "ft-ev-placing", ...(found() ? [] : ["ft-ev-misplaced"])],
      extendedProps: { state: "placing", times: `${hourOf(cursor.start)}—${hourOf(plus(cursor.start, minutes))}` },
    });
    const room = rooms.find((row) => row.id === cursor.room);
    const place = found();
    const verdict = place ? ["可以放", ...place.people].join("，") : "放不下，按问号看原因";
    spoken.textContent = `${room.title}，${spokenDay(cursor.start)} ${hourOf(cursor.start)} 到 ${hourOf(plus(cursor.start, minutes))}，${verdict}`;
  }

  async function explain() {
    const mine = ++asked;
    const address = new URL(root.dataset.answerUrl, location.href);
    address.searchParams.set("date", dayOf(cursor.start));
    address.searchParams.set("room", cursor.room);
    address.searchParams.set("at", cursor.start.slice(11));
    const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return false;
    const html = await answer.text();
    if (mine !== asked) return false;
    const panel = document.querySelector("[data-answer]");
    panel.innerHTML = html;
    panel.scrollIntoView({ block: "nearest" });
    return true;
  }

  async function drop() {
    if (!(await explain())) return;
    const form = document.getElementById("ft-drop");
    if (!form) return;
    const open = form.querySelector("select, [type=checkbox]");
    if (open) open.focus();
    else form.requestSubmit();
  }

  function go(room, start) {
    cursor.room = room;
    cursor.start = start;
    draw();
  }

  function step(minutesOn) {
    const next = plus(cursor.start, minutesOn);
    const end = plus(next, minutes);
    if (dayOf(next) === dayOf(cursor.start) && next.slice(11) >= OPENS && end.slice(11) <= CLOSES) go(cursor.room, next);
  }

  function stepRoom(by) {
    const index = rooms.findIndex((row) => row.id === cursor.room) + by;
    if (rooms[index]) go(rooms[index].id, cursor.start);
  }

  function nextLit() {
    const places = [...data.lit].sort((one, other) => (one.start + one.resource < other.start + other.resource ? -1 : 1));
    const here = cursor.start + cursor.room;
    const next = places.find((row) => row.start + row.resource > here) || places[0];
    if (next) go(next.resource, next.start);
    else goToFirst();
  }

  async function goToFirst() {
    const answer = await read(`${new URL(root.dataset.answerUrl, location.href).pathname.replace(/answer$/, "first")}`);
    const [first] = answer ? answer.places : [];
    if (!first) {
      spoken.textContent = "十二周里没有都合适的时间";
      return;
    }
    const address = new URL(location.href);
    address.searchParams.set("date", dayOf(first.start));
    address.searchParams.set("room", first.resource);
    address.searchParams.set("at", first.start.slice(11));
    location.assign(address);
  }

  function turnDay(selector) {
    const link = document.querySelector(selector);
    const address = new URL(link.href);
    address.searchParams.set("at", cursor.start.slice(11));
    address.searchParams.set("room", cursor.room);
    location.assign(address);
  }

  const keys = {
    ArrowLeft: (event) => step(event.shiftKey ? -60 : -15),
    ArrowRight: (event) => step(event.shiftKey ? 60 : 15),
    ArrowUp: () => stepRoom(-1),
    ArrowDown: () => stepRoom(1),
    PageUp: () => turnDay("[data-day-before]"),
    PageDown: () => turnDay("[data-day-after]"),
    Enter: drop,
    n: nextLit,
    N: nextLit,
    "?": explain,
    "？": explain,
    Escape: () => location.assign(root.dataset.back),
  };
  // Keys place while nothing else of the page has the focus; the first Tab still leads to the top of the page.
  document.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    const isHere = event.target === document.body || root.contains(event.target);
    if (!act || !isHere || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    act(event);
  }, true);

  draw();
  return {
    ask(resource, date) {
      if (!rooms.some((row) => row.id === resource)) return;
      const start = onGrid(date);
      const place = startWithin(data.lit, resource, start);
      go(resource, place ? place.start : start);
      explain();
    },
    drop(info) {
      const room = info.newResource ? info.newResource.id : info.event.resourceIds[0];
      const start = onGrid(info.event.start);
      const fits = rooms.some((row) => row.id === room) && lit.has(`${room} ${start}`);
      const former = { ...cursor };
      if (rooms.some((row) => row.id === room)) Object.assign(cursor, { room, start });
      if (fits) {
        draw();
        drop();
        return;
      }
      info.revert();
      explain().then(() => go(former.room, former.start));
    },
  };
}

// Where it was asked for, else where it stands now, else the first lit start, else nine o'clock in the first room.
function firstPlace(root, data, rooms) {
  const asked = root.dataset.room && rooms.some((row) => row.id === root.dataset.room);
  if (asked) return { room: root.dataset.room, start: `${root.dataset.date}T${root.dataset.at.padStart(5, "0")}` };
  const [room, start] = (root.dataset.from || "").split(" ");
  const days = data.days.map((row) => row.day);
  if (start && days.includes(dayOf(start)) && rooms.some((row) => row.id === room)) return { room, start };
  if (data.lit.length) return { room: data.lit[0].resource, start: data.lit[0].start };
  return { room: rooms[0].id, start: `${days[0]}T09:00` };
}
