// The date the server shows, so that a page never counts with the clock of a badly set computer.
const WEEKDAYS = "日一二三四五六";

export function today() {
  const match = /(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(document.documentElement.dataset.today || "");
  return match ? makeDate(+match[1], +match[2], +match[3]) : new Date();
}

export function makeDate(year, month, day) {
  const date = new Date(year, month - 1, day);
  return date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === day ? date : null;
}

export function inWords(date) {
  return `${date.getFullYear()}年${date.getMonth() + 1}月${date.getDate()}日`;
}

export function weekday(date) {
  return `星期${WEEKDAYS[date.getDay()]}`;
}

export function clockTime(withSeconds = false) {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getHours()}:${two(now.getMinutes())}${withSeconds ? `:${two(now.getSeconds())}` : ""}`;
}
