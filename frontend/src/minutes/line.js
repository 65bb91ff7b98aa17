// The open line: on this computer at every change and every 2 s, on the server every 5 s, back to the same character.
import { newId } from "./pages.js";
import { post } from "./server.js";

const KEEP_MS = 2000;
const SEND_MS = 5000;

export class OpenLine {
  constructor({ box, store, device, speakers, url, after, onNews, onState, findBack }) {
    Object.assign(this, { box, store, device, speakers, url, after, onNews, onState, findBack });
    this.renew();
    this.kept = null;
    this.isKeeping = false;
    box.addEventListener("input", () => this.typed());
    ["select", "keyup", "click"].forEach((name) => box.addEventListener(name, () => this.keep()));
    setInterval(() => this.keep(), KEEP_MS);
    setInterval(() => this.send(), SEND_MS);
  }

  renew() {
    this.clientId = `${this.device}-${newId()}`;
    this.begun = null;
  }

  get value() {
    const { value, selectionStart, selectionEnd } = this.box;
    const speaker = this.speakers.chosen();
    return { device: this.device, client_id: this.clientId, begun: this.begun, text: value, speaker, selectionStart, selectionEnd };
  }

  typed() {
    if (this.begun === null && this.box.value) this.begun = Date.now();
    this.keep();
  }

  // One write at a time; what was typed meanwhile is written right after.
  async keep() {
    const line = this.value;
    const mark = JSON.stringify(line);
    if (this.isKeeping || mark === this.kept) return;
    this.isKeeping = true;
    try {
      if (line.text) await this.store.keepLine(line);
      else if (this.kept) await this.store.dropLine(this.device);
      this.kept = mark;
    } finally {
      this.isKeeping = false;
    }
    if (JSON.stringify(this.value) !== mark) this.keep();
  }

  // The box as a turn, and an empty box: null when nothing was written.
  take() {
    const { value } = this.box;
    if (!value.trim()) return null;
    const turn = { client_id: this.clientId, device: this.device, begun: this.begun ?? Date.now(), text: value.trim() };
    this.box.value = "";
    this.renew();
    return turn;
  }

  // Puts a line back that this computer, or the server, has kept; what stands in the box already stays after it.
  restore(line) {
    const isEmpty = !this.box.value;
    this.box.value = isEmpty ? line.text : `${line.text}\n${this.box.value}`;
    if (isEmpty && line.client_id) this.clientId = line.client_id;
    this.begun = Math.min(this.begun ?? Infinity, line.begun ?? Date.now());
    if (line.speaker) this.speakers.choose(line.speaker);
    if (isEmpty && line.selectionStart !== undefined) this.box.setSelectionRange(line.selectionStart, line.selectionEnd);
    this.kept = null;
    return this.keep();
  }

  async send() {
    if (this.isSending) return;
    this.isSending = true;
    const { device, client_id, speaker, text } = this.value;
    const answer = await post(this.url, { device, client_id, speaker, text, after: this.after() });
    this.isSending = false;
    if (answer.kind === "ok") this.onNews(answer.news);
    if (answer.kind === "login") await this.findBack();
    this.onState(answer.kind, Boolean(text));
  }
}
