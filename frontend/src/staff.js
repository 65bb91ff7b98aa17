// What the staff pages do beyond plain HTML. Each part finds its own elements and leaves the page alone without them.
import htmx from "htmx.org";
import { startFields } from "./staff/fields.js";
import { startForms } from "./staff/forms.js";
import { startMinutes } from "./staff/minutes.js";
import { startReveal } from "./staff/reveal.js";
import { csrfToken } from "./staff/sending.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});

const isWriting = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll(".ft-account[open], .ft-reveal[open]").forEach((box) => (box.open = false));
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.isComposing || isWriting(event.target)) return;
  const search = document.getElementById("f-search");
  if (!search) return;
  event.preventDefault();
  search.focus();
});

document.addEventListener("click", (event) => {
  document.querySelectorAll(".ft-account[open], .ft-reveal[open]").forEach((box) => {
    if (!box.contains(event.target)) box.open = false;
  });
  if (event.target.closest("[data-print]")) window.print();
});

const summary = document.querySelector("[role=alert][tabindex]");
if (summary) summary.focus();

startReveal();
startMinutes();
startForms();
startFields();
