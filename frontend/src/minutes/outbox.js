// Turns on their way: stored on this computer first, sent one after the other, dropped when the server has them.
import { post } from "./server.js";

const RETRY_MS = [500, 1000, 2000, 3000, 5000];
// The page on which the turn was begun: after a crash another one sends it, and it still stands behind that page's turns.
const pageOf = (turn) => turn.client_id.split("-")[0];

export class Outbox {
  constructor({ store, url, after, onNews, onRefused, onState, findBack }) {
    Object.assign(this, { store, url, after, onNews, onRefused, onState, findBack });
    this.turns = [];
    this.isSending = false;
    this.failures = 0;
    this.isAway = false;
    this.sentSince = 0;
    this.place = 0;
    window.addEventListener("online", () => this.sendNow());
  }

  get size() {
    return this.turns.length;
  }

  async takeUp() {
    this.turns = await this.store.turns();
    this.isAway = this.turns.length > 0;
    this.sendNow();
    return this.turns;
  }

  async add(turn) {
    const kept = { ...turn, recorded: Date.now(), place: (this.place += 1) };
    this.turns.push(kept);
    await this.store.keepTurn(kept);
    this.sendNow();
  }

  sendNow() {
    clearTimeout(this.timer);
    this.send();
  }

  async send() {
    if (this.isSending || !this.turns.length) return;
    this.isSending = true;
    const turn = this.turns[0];
    if (!this.isAway) this.onState("saving");
    const answer = await post(this.url, {
      client_id: turn.client_id,
      speaker: turn.speaker,
      kind: turn.kind,
      text: turn.text,
      device: pageOf(turn),
      age: Math.max(Date.now() - turn.begun, 0),
      after: this.after(),
    });
    this.isSending = false;
    await this.take(answer, turn);
  }

  async take(answer, turn) {
    if (answer.kind === "ok") return this.accepted(answer.news, turn);
    if (answer.kind === "refused") {
      this.turns.shift();
      await this.onRefused(turn, answer.message);
      return this.sendNow();
    }
    this.isAway = true;
    const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    this.onState(answer.kind, this.size);
    if (answer.kind === "login") await this.findBack();
    this.timer = setTimeout(() => this.send(), wait);
    return undefined;
  }

  async accepted(news, turn) {
    this.turns.shift();
    this.failures = 0;
    this.sentSince += 1;
    await this.store.dropTurn(turn.client_id);
    this.onNews(news, turn);
    if (this.size) return this.sendNow();
    this.onState(this.isAway ? "back" : "saved", this.sentSince);
    this.isAway = false;
    this.sentSince = 0;
    return undefined;
  }
}
