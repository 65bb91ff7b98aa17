// Draws the timeline from the server's data; without script the same day stands there as a plain table.
import { createCalendar, Interaction, ResourceTimeline } from "@event-calendar/core";
import { startDragging } from "./dragging.js";
import { startPlacing } from "./placing.js";
import { dayOf, hourOf, isNow, merged, textOf } from "./times.js";

const WIDE = 66;
const WIDE_IN_WEEK = 54;
const HALF_HOURS = 20;
const HOURS = 10;
const TABLE_WORDS = ["role", "aria-colindex", "aria-rowindex", "aria-colcount", "aria-rowcount", "aria-colspan", "aria-rowspan"];

export async function startBoard(root) {
  const data = await read(root.dataset.url);
  if (!data) return;
  root.replaceChildren();
  withoutTableRoles(root);
  const marks = new Map(data.days.map((day) => [day.day, day]));
  const placing = { value: null };
  const calendar = createCalendar(root, [ResourceTimeline, Interaction], {
    ...frame(root, marks, data),
    resources: data.resources.map((row) => ({ id: row.id, title: row.title, extendedProps: row })),
    events: eventsOf(data),
    eventClick: (info) => open(info.event),
    dateClick: (info) => placing.value && placing.value.ask(info.resource && info.resource.id, info.date),
    eventDidMount: (info) => mark(info.el, info.event),
    eventDrop: (info) => placing.value && placing.value.drop(info),
  });
  await laidOut();
  fit(root, calendar, data);
  root.dataset.ready = "1";
  if (root.dataset.placing) placing.value = startPlacing(root, calendar, data);
  else startDragging(calendar, data, (lit) => showLit(calendar, data, lit));
}

// A day fills the width beside the names; a week begins at today.
function fit(root, calendar, data) {
  const main = root.querySelector(".ec-main");
  const name = root.querySelector(".ec-row-head");
  if (!main || !name) return;
  if (root.dataset.view !== "week") {
    calendar.setOption("slotWidth", Math.max(WIDE / 2, Math.floor((main.clientWidth - name.offsetWidth - 2) / HALF_HOURS)));
    return;
  }
  const quiet = quietDays(data);
  const before = data.days.filter((row) => row.day < data.now.slice(0, 10) && !quiet.includes(weekdayOf(row.day)));
  if (before.length < data.days.length) main.scrollLeft = before.length * WIDE_IN_WEEK * HOURS;
}

// The drawing names itself a table but has no rows; for machines the same stands in words, and events are buttons.
function withoutTableRoles(root) {
  const strip = () =>
    root.querySelectorAll(TABLE_WORDS.map((word) => `[${word}]`).join()).forEach((element) => {
      if (element.getAttribute("role") !== "button") TABLE_WORDS.forEach((word) => element.removeAttribute(word));
    });
  new MutationObserver(strip).observe(root, { childList: true, subtree: true });
}

const laidOut = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

const weekdayOf = (day) => new Date(`${day}T12:00`).getDay();

export async function read(url) {
  try {
    const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
    return answer.ok && !answer.redirected ? await answer.json() : null;
  } catch {
    return null;
  }
}

function frame(root, marks, data) {
  const isWeek = root.dataset.view === "week";
  return {
    view: isWeek ? "resourceTimelineWeek" : "resourceTimelineDay",
    date: root.dataset.date,
    headerToolbar: { start: "", center: "", end: "" },
    locale: "zh-CN",
    firstDay: 1,
    slotMinTime: "08:00",
    slotMaxTime: "18:00",
    slotDuration: isWeek ? "01:00" : "00:30",
    snapDuration: "00:15",
    hiddenDays: isWeek ? quietDays(data) : [],
    slotWidth: isWeek ? WIDE_IN_WEEK : WIDE / 2,
    slotHeight: 38,
    height: "auto",
    editable: false,
    eventStartEditable: false,
    eventDurationEditable: false,
    selectable: false,
    nowIndicator: isNow(data.now),
    slotLabelFormat: (time) => `${time.getHours()}:${String(time.getMinutes()).padStart(2, "0")}`,
    slotLabelInterval: isWeek ? "02:00" : "01:00",
    dayHeaderFormat: (day) => headOf(day, marks),
    resourceLabelContent: (info) => labelOf(info.resource),
    eventContent: (info) => contentOf(info.event),
  };
}

// Days off on which nothing stands take no room in a week.
function quietDays(data) {
  const busy = new Set(data.events.map((row) => row.start.slice(0, 10)));
  const quiet = data.days.filter((row) => row.mark === "休" && !busy.has(row.day));
  return quiet.map((row) => weekdayOf(row.day));
}

// What may be moved can be dragged.
function mark(element, event) {
  const { key, times, who } = event.extendedProps;
  if (event.display !== "background") element.title = [times, event.title, who].filter(Boolean).join(" ");
  if (!key) return;
  element.dataset.drag = key;
  element.dataset.title = event.title;
}

function headOf(day, marks) {
  const mark = marks.get(textOf(day).slice(0, 10));
  const weekday = "日一二三四五六"[day.getDay()];
  const kind = mark ? `${mark.mark}${mark.name && mark.name !== "周末" ? ` ${mark.name}` : ""}` : "";
  return `${day.getMonth() + 1}月${day.getDate()}日（星期${weekday}）${kind}`;
}

function labelOf(resource) {
  const name = document.createElement("b");
  name.textContent = resource.title;
  const note = document.createElement("small");
  note.textContent = resource.extendedProps.note;
  return { domNodes: [name, note] };
}

function contentOf(event) {
  if (event.display === "background") return { domNodes: [] };
  const props = event.extendedProps;
  const title = document.createElement("b");
  const state = { over: "✓ ", draft: "草稿 ", lacks: "⚠ " }[props.state] || "";
  const isPlacing = props.state === "placing";
  title.textContent = isPlacing ? props.times : `${state}${props.times ? `${props.times} ` : ""}${event.title}`;
  const who = document.createElement("span");
  who.textContent = isPlacing ? event.title : [props.flag, props.who].filter(Boolean).join(" · ");
  return { domNodes: who.textContent ? [title, who] : [title] };
}

export function eventsOf(data, lit = data.lit) {
  return [...sessionsOf(data), ...closedOf(data), ...litOf(data, lit)];
}

const sessionsOf = (data) =>
  data.events.map((row) => ({
    id: row.id,
    resourceIds: row.resourceIds,
    start: row.start,
    end: row.end,
    title: row.title,
    classNames: ["ft-ev", `ft-ev-${row.state}`, ...(row.opens ? ["ft-ev-opens"] : [])],
    extendedProps: { ...row, times: `${hourOf(row.start)}` },
  }));

const background = (id, resource, span, kind) => ({
  id,
  resourceIds: [resource],
  start: span.start,
  end: span.end,
  display: "background",
  classNames: [`ft-bg-${kind}`],
  extendedProps: {},
});

const closedOf = (data) => data.closed.map((row, index) => background(`shut-${index}`, row.resource, row, "shut"));

function litOf(data, lit) {
  const rows = [];
  const people = data.resources.filter((row) => row.kind === "person");
  for (const resource of new Set(lit.map((row) => row.resource))) {
    const own = lit.filter((row) => row.resource === resource);
    for (const kind of ["lit", "amber"]) {
      const spans = own.filter((row) => (row.people.length > 0) === (kind === "amber"));
      merged(spans).forEach((span, index) => rows.push(background(`${kind}-${resource}-${index}`, resource, span, kind)));
    }
  }
  for (const person of people) merged(lit).forEach((span, index) => rows.push(background(`lit-${person.id}-${index}`, person.id, span, "lit")));
  return rows;
}

function showLit(calendar, data, lit) {
  calendar.setOption("events", eventsOf(data, lit));
}

function open(event) {
  const props = event.extendedProps;
  if (!props.opens) return;
  const address = new URL(location.href);
  if (props.isDraft) {
    if (props.key) location.assign(`/calendar/place/${props.key}?date=${address.searchParams.get("date") || dayOf(props.start)}`);
    return;
  }
  address.pathname = "/calendar";
  address.searchParams.set("session", event.id);
  location.assign(address);
}
