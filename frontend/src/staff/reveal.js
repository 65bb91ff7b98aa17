// A masked value is shown in its place for a minute and masks itself again.
import { send } from "./sending.js";

function maskLater(box) {
  const seconds = +box.dataset.seconds || 60;
  setTimeout(() => {
    const text = document.createElement("span");
    text.className = "ft-mono";
    text.textContent = box.dataset.masked;
    box.replaceChildren(text);
    delete box.dataset.revealed;
  }, seconds * 1000);
}

async function reveal(event) {
  const form = event.target.closest("form[data-reveal]");
  if (!form) return;
  event.preventDefault();
  const answer = await send(form.action, new FormData(form));
  const html = answer.response ? await answer.response.text() : "";
  const shown = new DOMParser().parseFromString(html, "text/html").querySelector("[data-revealed]");
  const place = form.closest(".ft-masked");
  if (shown) {
    place.replaceWith(shown);
    maskLater(shown);
    return;
  }
  const line = form.querySelector("[data-refusal]") || form.appendChild(document.createElement("p"));
  line.dataset.refusal = "";
  line.className = "ft-error";
  line.setAttribute("role", "alert");
  line.textContent = answer.away ? "网断了，请等网好了再点。" : "这一次没有显示出来，请看是不是选好了原因。";
}

export function startReveal() {
  document.querySelectorAll("[data-revealed]").forEach(maskLater);
  document.addEventListener("submit", reveal);
}
