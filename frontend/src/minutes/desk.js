// The live desk: puts line, outbox, list and panels together.
import { sayStatus } from "../staff/sending.js";
import { OpenLine } from "./line.js";
import { Outbox } from "./outbox.js";
import { findDevice } from "./pages.js";
import { drawPanels, drawSpeakers, startTimer } from "./panels.js";
import { Saying } from "./saying.js";
import { loadPage, post, submitForm } from "./server.js";
import { Sheet } from "./sheet.js";
import { Speakers } from "./speakers.js";
import { openStore } from "./store.js";

const TOUCHED = "a, button, input, select, textarea, summary, label";

class Desk {
  constructor(desk, form, { store, device, alive }) {
    const { pageUrl, lineUrl, dropUrl, account, cursor, mark } = desk.dataset;
    Object.assign(this, { desk, form, store, device, alive, pageUrl, dropUrl, account, cursor, mark });
    this.box = form.querySelector("textarea[name=text]");
    this.sheet = new Sheet(document.querySelector("[data-turns]"));
    this.lines = document.querySelector("[data-lines]");
    this.saying = new Saying(form, desk, store);
    this.speakers = new Speakers(form, this.box);
    const shared = {
      store,
      after: () => this.cursor,
      onNews: (news, sent) => this.hear(news, sent),
      findBack: () => this.refresh(),
    };
    this.outbox = new Outbox({
      ...shared,
      url: form.action,
      onRefused: (turn, message) => this.handBack(turn, message),
      onState: (kind, count) => this.saying.say(kind, count),
    });
    this.line = new OpenLine({ ...shared, box: this.box, device, speakers: this.speakers, url: lineUrl, onState: (kind, hasText) => this.lineState(kind, hasText) });
  }

  async start() {
    const waiting = await this.outbox.takeUp();
    waiting.forEach((turn) => this.sheet.showWaiting(turn));
    await this.takeUpLines(new Set(waiting.map((turn) => turn.client_id)));
    this.listen();
    startTimer();
    if (!document.querySelector("[role=alert]")) this.box.focus();
    this.form.dataset.ready = "";
    this.line.send();
  }

  // One's own line after a reload, and those of pages that have died.
  async takeUpLines(recorded) {
    const kept = (await this.store.lines()).filter((line) => !this.alive.has(line.device) && !recorded.has(line.client_id));
    for (const line of kept.sort((one, other) => (other.device === this.device) - (one.device === this.device))) {
      await this.line.restore(line);
      if (line.device === this.device) continue;
      await this.store.dropLine(line.device);
      post(this.dropUrl, { device: line.device, after: this.cursor });
    }
    this.offerLines();
  }

  listen() {
    this.box.addEventListener("keydown", (event) => {
      // While an input method is open, Enter chooses the word.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.record();
    });
    document.addEventListener("submit", (event) => this.submitted(event), true);
    document.addEventListener("click", (event) => this.clicked(event));
    window.addEventListener("beforeunload", (event) => (this.outbox.size || this.box.value.trim()) && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.line.keep());
  }

  record() {
    const speaker = this.speakers.chosen();
    const taken = speaker && this.line.take();
    if (!taken) return;
    const kind = this.form.querySelector("[name=kind]:checked");
    const turn = { ...taken, speaker, kind: kind ? kind.value : "statement", ...this.speakers.named(speaker) };
    const plain = this.form.querySelector("[name=kind]");
    if (plain) plain.checked = true;
    this.sheet.showWaiting(turn);
    this.outbox.add(turn);
    this.box.focus();
  }

  submitted(event) {
    const form = event.target;
    if (form === this.form) {
      event.preventDefault();
      this.record();
    } else if (form.method === "post" && form.closest("#content")) {
      event.preventDefault();
      this.act(form, event.submitter);
    }
  }

  // An act of the desk without leaving the page, so that nobody's typing is interrupted.
  async act(form, submitter) {
    if (this.isActing) return;
    this.isActing = true;
    const answer = await submitForm(form, submitter, this.account);
    this.isActing = false;
    if (answer.kind === "ok") this.draw(answer, { isOwnAct: true });
    else if (answer.kind === "elsewhere") this.goTo(answer.url);
    else if (answer.kind === "login") this.saying.say("login", this.outbox.size);
    else if (answer.kind === "other") this.saying.other(answer.name, this.outbox.size);
    else sayStatus(this.form, "网断了，这一步没有办。请等网好了再点；写的不受影响。", "warn");
  }

  goTo(url) {
    window.location.assign(url);
  }

  // `sent` waits no longer, even where the news leaves it out: a page opened after its arrival shows it already.
  hear(news, sent) {
    this.sheet.merge(news.turns);
    if (sent) this.sheet.dropWaiting(sent.client_id);
    this.cursor = news.cursor;
    this.drawLines(news.lines);
    if (news.mark !== this.mark) this.refresh();
  }

  async refresh() {
    if (this.isRefreshing) return;
    this.isRefreshing = true;
    const answer = await loadPage(this.pageUrl, this.account);
    this.isRefreshing = false;
    if (answer.kind === "ok") this.draw(answer);
    if (answer.kind === "other") this.saying.other(answer.name, this.outbox.size);
  }

  draw({ page, desk }, options) {
    drawPanels(page, options);
    drawSpeakers(page, this.speakers);
    this.sheet.mergeRows([...page.querySelectorAll("[data-turns] li[data-id]")]);
    this.drawLines(page.querySelector("[data-lines]").innerHTML);
    this.cursor = desk.dataset.cursor;
    this.mark = desk.dataset.mark;
    const refusal = document.querySelector("#desk-refusal [role=alert]");
    if (options && refusal) refusal.scrollIntoView({ block: "nearest" });
    else if (options) this.box.focus();
  }

  drawLines(html) {
    if (this.lastLines === html) return;
    this.lastLines = html;
    this.sheet.change(() => (this.lines.innerHTML = html));
    this.offerLines();
  }

  // One's own line of another computer: shown with an offer, hidden if it is the one in the box.
  offerLines() {
    this.lines.querySelectorAll("[data-own-line]").forEach((row) => {
      const isThis = row.dataset.ownLine === this.device || row.dataset.lineClientId === this.line.clientId;
      row.hidden = isThis || this.alive.has(row.dataset.ownLine);
      row.querySelector("[data-take-line]").hidden = false;
    });
  }

  clicked(event) {
    const take = event.target.closest("[data-take-line]");
    if (take) this.takeLine(take.closest("[data-own-line]"));
    else if (!event.target.closest(TOUCHED) && !String(window.getSelection())) this.box.focus();
  }

  async takeLine(row) {
    const { ownLine, lineClientId, lineSpeaker } = row.dataset;
    const text = row.querySelector("[data-line-text]").textContent;
    await this.line.restore({ text, client_id: lineClientId, speaker: lineSpeaker });
    const answer = await post(this.dropUrl, { device: ownLine, after: this.cursor });
    if (answer.kind === "ok") this.hear(answer.news);
    this.box.focus();
  }

  // A turn the server does not take goes back into the box, so that it can be mended.
  async handBack(turn, message) {
    this.sheet.dropWaiting(turn.client_id);
    const text = this.box.value ? `${turn.text}\n${this.box.value}` : turn.text;
    this.box.value = text;
    this.line.renew();
    this.speakers.choose(turn.speaker);
    await this.store.turnToLine(turn, this.line.value);
    this.saying.refused(message);
  }

  lineState(kind, hasText) {
    if (this.outbox.size) return;
    if (kind === "ok") this.saying.say("saved");
    else if (kind === "login" || (kind === "away" && hasText) || kind === "shut") this.saying.say(kind, 0);
  }
}

export async function startDesk(desk) {
  const form = document.querySelector("form[data-writing]");
  if (!form) return;
  const owner = `${desk.dataset.hearing}:${desk.dataset.account}`;
  const [store, { device, alive }] = await Promise.all([openStore(owner), findDevice(owner)]);
  await new Desk(desk, form, { store, device, alive }).start();
}
