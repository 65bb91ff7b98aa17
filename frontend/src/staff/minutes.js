// Taking minutes: choose who speaks, write, Enter records. What cannot be sent waits on this computer, in order.
import { csrfToken, sayStatus, send, shelf } from "./sending.js";
import { clockTime } from "./today.js";

const RETRY_MS = 5000;
const KEEP_LINE_MS = 2000;

const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

class Minutes {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("textarea[name=text]");
    this.idField = form.querySelector("[name=client_id]");
    this.list = document.querySelector("[data-turns]");
    this.queueKey = `ft-minutes:${form.getAttribute("action")}`;
    this.lineKey = `${this.queueKey}:line`;
    this.queue = shelf.read(this.queueKey) || [];
    this.wasAway = this.queue.length > 0;
    this.isSending = false;
    this.spoken = [];
    this.listen();
    this.takeUp();
  }

  listen() {
    this.box.addEventListener("keydown", (event) => {
      // While an input method is open, Enter chooses the word.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.record();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.record();
    });
    this.form.addEventListener("change", (event) => {
      if (event.target.name !== "speaker") return;
      this.noteSpeaker(event.target.value);
      this.box.focus();
    });
    document.addEventListener("keydown", (event) => this.chooseByKey(event));
    window.addEventListener("online", () => this.sendNext());
    window.addEventListener("beforeunload", (event) => (this.queue.length || this.box.value.trim()) && event.preventDefault());
    setInterval(() => this.sendNext(), RETRY_MS);
    setInterval(() => this.keepLine(), KEEP_LINE_MS);
  }

  takeUp() {
    const line = shelf.read(this.lineKey);
    if (line && !this.box.value) this.box.value = line;
    this.queue.forEach((turn) => this.showWaiting(turn));
    const speaker = this.form.querySelector("[name=speaker]:checked");
    if (speaker) this.noteSpeaker(speaker.value);
    if (!document.querySelector("[role=alert]")) this.box.focus();
    this.sendNext();
  }

  chooseByKey(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const digit = /^Digit([1-9])$/.exec(event.code);
    const buttons = [...this.form.querySelectorAll("[name=speaker]")];
    let chosen = null;
    if (digit) chosen = buttons[digit[1] - 1];
    else if (event.code === "Digit0") chosen = buttons.find((button) => button.dataset.room !== undefined);
    else if (event.code === "Backquote") chosen = buttons.find((button) => button.value === this.spoken[1]);
    if (!chosen) return;
    event.preventDefault();
    chosen.checked = true;
    this.noteSpeaker(chosen.value);
    this.box.focus();
  }

  noteSpeaker(value) {
    this.spoken = [value, ...this.spoken.filter((other) => other !== value)].slice(0, 2);
  }

  keepLine() {
    if (this.box.value.trim()) shelf.write(this.lineKey, this.box.value);
    else shelf.drop(this.lineKey);
  }

  record() {
    const text = this.box.value.trim();
    const speaker = this.form.querySelector("[name=speaker]:checked");
    if (!text || !speaker) return;
    const turn = { client_id: newId(), speaker: speaker.value, text, name: speaker.parentElement.textContent.trim() };
    this.queue.push(turn);
    shelf.write(this.queueKey, this.queue);
    this.showWaiting(turn);
    this.box.value = "";
    this.idField.value = newId();
    this.keepLine();
    this.box.focus();
    this.sendNext();
  }

  showWaiting(turn) {
    const row = document.createElement("li");
    const time = document.createElement("time");
    const who = document.createElement("span");
    const text = document.createElement("p");
    row.className = "ft-waiting";
    row.dataset.clientId = turn.client_id;
    time.textContent = clockTime();
    who.textContent = turn.name.replace(/^\d/, "");
    text.textContent = turn.text;
    row.append(time, who, text);
    this.list.append(row);
    row.scrollIntoView({ block: "nearest" });
  }

  async sendNext() {
    if (this.isSending || !this.queue.length) return;
    this.isSending = true;
    const turn = this.queue[0];
    if (!this.wasAway) sayStatus(this.form, "正在保存");
    const body = new FormData();
    body.set("csrf_token", csrfToken());
    ["client_id", "speaker", "text"].forEach((name) => body.set(name, turn[name]));
    const answer = await send(this.form.action, body);
    this.isSending = false;
    if (answer.ok) await this.accepted(turn, await answer.response.text());
    else this.refused(answer);
  }

  async accepted(turn, html) {
    const waiting = this.list.querySelector(`[data-client-id="${turn.client_id}"]`);
    const row = new DOMParser().parseFromString(html, "text/html").querySelector("li");
    if (row && waiting) waiting.replaceWith(row);
    else if (waiting) waiting.className = "";
    this.queue.shift();
    this.sentSince = (this.sentSince || 0) + 1;
    if (this.queue.length) {
      shelf.write(this.queueKey, this.queue);
      this.sendNext();
      return;
    }
    shelf.drop(this.queueKey);
    sayStatus(this.form, this.wasAway ? `网好了，${this.sentSince} 段已补传，一段没少。` : `已保存 ${clockTime(true)}`);
    this.wasAway = false;
    this.sentSince = 0;
  }

  refused(answer) {
    if (answer.away) {
      if (!this.wasAway) this.sentSince = 0;
      this.wasAway = true;
      sayStatus(this.form, `网断了，照样能写。已记在这台电脑上 ${this.queue.length} 段，网好了自动补传。`, "warn");
      return;
    }
    if (answer.status === 413 || answer.status === 422) {
      this.handBack();
      return;
    }
    sayStatus(this.form, `有 ${this.queue.length} 段还没存上，已记在这台电脑上。请重新登录，再打开这一页，一段不会少。`, "warn");
  }

  // A turn the server does not take goes back into the box, so that it can be mended.
  handBack() {
    const turn = this.queue.shift();
    shelf.write(this.queueKey, this.queue);
    this.list.querySelector(`[data-client-id="${turn.client_id}"]`).remove();
    this.box.value = this.box.value ? `${turn.text}\n${this.box.value}` : turn.text;
    sayStatus(this.form, "刚才那一段没有记下，多半是太长。已放回下面，请分成两段。", "warn");
  }
}

export function startMinutes() {
  document.querySelectorAll("form[data-minutes]").forEach((form) => new Minutes(form));
}
