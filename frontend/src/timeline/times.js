// Wall-clock times as text ("2026-06-11T09:00"): what the server sends, and what Date objects of this computer say.
const QUARTER = 15;
const LATE = 5 * 60_000;

export function textOf(date) {
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function plus(text, minutes) {
  const date = new Date(text);
  date.setMinutes(date.getMinutes() + minutes);
  return textOf(date);
}

export function onGrid(date) {
  const copy = new Date(date);
  copy.setMinutes(Math.floor(copy.getMinutes() / QUARTER) * QUARTER, 0, 0);
  return textOf(copy);
}

// Whether this computer's clock agrees with the server's; one set wrongly must not draw the line of now elsewhere.
export const isNow = (text) => Math.abs(new Date() - new Date(text)) < LATE;

export const dayOf = (text) => text.slice(0, 10);
export const hourOf = (text) => text.slice(11, 16).replace(/^0/, "");
export const spokenDay = (text) => `${Number(text.slice(5, 7))}月${Number(text.slice(8, 10))}日`;

// Runs of overlapping or touching spans, so that neighbouring starts are drawn as one lit place.
export function merged(spans) {
  const sorted = [...spans].sort((one, other) => (one.start < other.start ? -1 : 1));
  const runs = [];
  for (const span of sorted) {
    const last = runs[runs.length - 1];
    if (last && span.start <= last.end) last.end = span.end > last.end ? span.end : last.end;
    else runs.push({ start: span.start, end: span.end });
  }
  return runs;
}

// The start that a point of a green or amber box stands for: the one pointed at, else the last one before it whose
// session would still cover the point, so that no point of a lit box is refused. `lit`: rows of {resource, start, end}.
export function startWithin(lit, resource, start) {
  const covering = lit.filter((row) => row.resource === resource && row.start <= start && start < row.end);
  return covering.reduce((best, row) => (!best || row.start > best.start ? row : best), null);
}
