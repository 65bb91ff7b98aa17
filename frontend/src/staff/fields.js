// Help while one types: amount in capitals, ID number and phone read back, dates typed short, characters left.
import { capitals, readFen, withThousands } from "./capitals.js";
import { inWords, makeDate, today, weekday } from "./today.js";

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const PROVINCES = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

const plain = (typed) => typed.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase();

function say(field, text, kind = "") {
  const output = document.querySelector(`[data-live-for="${CSS.escape(field.id)}"]`);
  if (!output) return;
  output.textContent = text;
  output.className = `ft-live${kind ? ` ft-${kind}` : ""}`;
}

function ageOn(birth, day) {
  const early = day.getMonth() < birth.getMonth() || (day.getMonth() === birth.getMonth() && day.getDate() < birth.getDate());
  return day.getFullYear() - birth.getFullYear() - (early ? 1 : 0);
}

function readIdNumber(number) {
  const birth = makeDate(+number.slice(6, 10), +number.slice(10, 12), +number.slice(12, 14));
  if (!birth || birth > today()) return ["号码里的出生日期不对，请对照原件再看一遍。", "bad"];
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * number[place], 0);
  if ("10X98765432"[sum % 11] !== number[17]) return ["第 18 位对不上，多半是抄错一位。请对照原件再看一遍。", "bad"];
  const read = `${number[16] % 2 ? "男" : "女"} · ${inWords(birth)} · ${ageOn(birth, today())} 岁 ✓ 校验通过`;
  return PROVINCES.test(number) ? [read, "ok"] : [`${read}；地区代码不在名单里，可能是旧代码，请核对原件`, "warn"];
}

function readShortDate(typed) {
  const text = typed.trim();
  const match =
    /^(?:(\d{4})[-年./])?(\d{1,2})[-月./](\d{1,2})日?$/.exec(text) || /^(\d{4})?(\d{2})(\d{2})$/.exec(text);
  return match && makeDate(match[1] ? +match[1] : today().getFullYear(), +match[2], +match[3]);
}

const two = (number) => String(number).padStart(2, "0");
const isoDate = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

const helpers = {
  amount: {
    show(field) {
      const fen = readFen(field.value);
      if (!field.value.trim()) say(field, "");
      else if (fen === null) say(field, "金额看不懂，只写数字，最多两位小数", "bad");
      else say(field, `人民币${capitals(fen)}`);
    },
    leave(field) {
      const fen = readFen(field.value);
      if (fen !== null) field.value = withThousands(fen);
    },
  },
  "id-number": {
    show(field) {
      const number = plain(field.value);
      if (!number) say(field, "");
      else if (/^\d{17}[\dX]$/.test(number)) say(field, ...readIdNumber(number));
      else say(field, `已填 ${number.length} 位，要 18 位`);
    },
    leave(field) {
      const number = plain(field.value);
      if (/^\d{17}[\dX]$/.test(number)) field.value = `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`;
    },
  },
  phone: {
    show(field) {
      const number = plain(field.value);
      if (!number || number[0] === "0") say(field, "");
      else if (/^1[3-9]\d{9}$/.test(number)) say(field, "✓ 11 位", "ok");
      else say(field, `已填 ${number.length} 位，手机要 11 位；座机请带区号`);
    },
    leave(field) {
      const number = plain(field.value);
      if (/^1[3-9]\d{9}$/.test(number)) field.value = `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`;
    },
  },
  date: {
    show(field) {
      const date = readShortDate(field.value);
      if (!field.value.trim()) say(field, "");
      else if (date) say(field, `${inWords(date)}　${weekday(date)}`);
      else say(field, "日期看不懂，可以写 6.11 或 6月11日", "warn");
    },
    leave(field) {
      const date = readShortDate(field.value);
      if (date) field.value = isoDate(date);
    },
    prepare: addDatePicker,
  },
};

// The browser's date box becomes a text box that takes 6.11, 0611 and 6月11日, with the picker beside it.
function addDatePicker(field) {
  if (field.type !== "date" || typeof field.showPicker !== "function") return;
  const picker = field.cloneNode();
  const button = document.createElement("button");
  const box = document.createElement("div");
  ["id", "name", "data-live", "aria-describedby", "aria-required"].forEach((name) => picker.removeAttribute(name));
  picker.tabIndex = -1;
  picker.setAttribute("aria-hidden", "true");
  picker.className = "ft-date-picker";
  button.type = "button";
  button.className = "btn ft-btn-line";
  button.textContent = "选";
  button.setAttribute("aria-label", "从日历里选");
  box.className = "ft-unit ft-date";
  field.type = "text";
  field.before(box);
  box.append(field, button, picker);
  button.addEventListener("click", () => {
    const date = readShortDate(field.value);
    picker.value = date ? isoDate(date) : "";
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    field.value = picker.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function showLength(field) {
  const count = [...field.value].length;
  const most = +field.dataset.max;
  if (count > most) say(field, `已写 ${count} 字，最多 ${most} 字，多了 ${count - most} 字`, "bad");
  else say(field, count > most * 0.8 ? `已写 ${count} / ${most} 字` : "");
}

const helperOf = (target) => target instanceof Element && target.dataset && helpers[target.dataset.live];

function prepare(root) {
  root.querySelectorAll("[data-live]").forEach((field) => {
    const helper = helpers[field.dataset.live];
    if (!helper) return;
    if (helper.prepare) helper.prepare(field);
    // A refused value keeps the server's sentence until it is changed.
    if (!field.hasAttribute("aria-invalid")) helper.show(field);
  });
}

export function startFields() {
  prepare(document);
  document.addEventListener("htmx:load", (event) => event.target !== document.body && prepare(event.target));
  document.addEventListener("input", (event) => {
    const helper = helperOf(event.target);
    if (helper) helper.show(event.target);
    else if (event.target.dataset && event.target.dataset.max) showLength(event.target);
  });
  document.addEventListener("focusout", (event) => {
    const helper = helperOf(event.target);
    if (!helper) return;
    helper.leave(event.target);
    helper.show(event.target);
  });
}
