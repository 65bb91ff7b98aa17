// The signature pad: one square a character, or one wide box; strokes are kept as vectors in the signer's own upright
// direction, whichever way the device is held, and drawn again when it turns.
import SignaturePad from "signature_pad";
import { forgetStrokes, keepStrokes, readStrokes } from "./tablet/kept.js";

const SIDE = 400;
const WIDE = 1200;
const MOST_SQUARES = 4;
const PEN = 13;
const LEAST_LENGTH = SIDE * 0.15;
const POOR = "这里好像只点了一下，看不出名字。请再写一遍，或点“我要在纸上签”。";

const isHan = (name) => /^\p{Script=Han}+$/u.test(name);

function strokeLength(stroke) {
  return stroke.slice(1).reduce((sum, [x, y], index) => sum + Math.hypot(x - stroke[index][0], y - stroke[index][1]), 0);
}

class Box {
  constructor(char, width, onStroke) {
    this.char = char;
    this.width = width;
    this.strokes = [];
    this.canvas = document.createElement("canvas");
    this.canvas.tabIndex = -1;
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", `写“${char}”的格子`);
    this.element = document.createElement("div");
    this.element.className = width === SIDE ? "ft-sign-box" : "ft-sign-box ft-sign-wide";
    this.element.append(this.canvas);
    this.pad = new SignaturePad(this.canvas, { penColor: "#111111", minDistance: 2, throttle: 0 });
    this.pad.addEventListener("endStroke", () => {
      this.takeStrokes();
      onStroke(this);
    });
  }

  // In the turned layout the signer's right is the screen's down, and his up is the screen's right.
  toOwn({ x, y }) {
    const [across, down] = this.isTurned ? [y, this.shownWidth - x] : [x, y];
    return [Math.round(across / this.scale), Math.round(down / this.scale)];
  }

  toScreen([x, y]) {
    const [across, down] = [x * this.scale, y * this.scale];
    return this.isTurned ? { x: this.shownWidth - down, y: across } : { x: across, y: down };
  }

  takeStrokes() {
    this.strokes = this.pad.toData().map((group) => group.points.map((point) => this.toOwn(point)));
  }

  layOut(isTurned) {
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    this.isTurned = isTurned;
    this.shownWidth = this.canvas.clientWidth;
    this.scale = (isTurned ? this.canvas.clientWidth : this.canvas.clientHeight) / SIDE;
    this.canvas.width = this.canvas.clientWidth * ratio;
    this.canvas.height = this.canvas.clientHeight * ratio;
    this.canvas.getContext("2d").scale(ratio, ratio);
    this.draw();
  }

  draw() {
    const pen = { penColor: "#111111", dotSize: PEN * this.scale, minWidth: PEN * 0.6 * this.scale, maxWidth: PEN * 1.2 * this.scale };
    Object.assign(this.pad, pen);
    const data = this.strokes.map((stroke) => ({
      ...pen,
      velocityFilterWeight: 0.7,
      compositeOperation: "source-over",
      points: stroke.map((point, index) => ({ ...this.toScreen(point), pressure: 0.5, time: index * 16 })),
    }));
    this.pad.clear();
    this.pad.fromData(data);
  }

  undo() {
    this.strokes.pop();
    this.draw();
  }

  clear() {
    this.strokes = [];
    this.draw();
  }

  // Blank, or so little that it cannot be a character: the server checks the same again.
  isPoor() {
    return this.strokes.reduce((sum, stroke) => sum + strokeLength(stroke), 0) < LEAST_LENGTH;
  }

  asPlain() {
    return { char: this.char, width: this.width, height: SIDE, strokes: this.strokes };
  }
}

class SignatureSheet {
  constructor(root) {
    this.root = root;
    this.name = root.dataset.name.trim();
    this.field = root.querySelector("[name=strokes]");
    this.place = root.querySelector("[data-sign-boxes]");
    this.refusal = root.querySelector("[data-sign-refusal]");
    this.joinedButton = root.querySelector("[data-sign-joined]");
    this.mustJoin = !isHan(this.name) || [...this.name].length > MOST_SQUARES;
    this.joinedButton.hidden = this.mustJoin;
    root.classList.add("ft-sign-ready");
    this.setUp(this.mustJoin);
    this.restore();
    this.listen();
  }

  // After a reload, or when the tablet slept: what was written for this ticket and this text is there again.
  restore() {
    const kept = this.root.dataset.keepAs ? readStrokes(this.root.dataset.keepAs) : null;
    if (!kept) return;
    if (kept.isJoined !== this.isJoined) this.setUp(kept.isJoined);
    this.boxes.forEach((box, place) => {
      box.strokes = kept.strokes[place] || [];
      this.order.push(...box.strokes.map(() => box));
      box.draw();
    });
    this.keep();
  }

  setUp(isJoined) {
    const parts = isJoined ? [this.name] : [...this.name];
    this.order = [];
    this.boxes = parts.map((part) => new Box(part, isJoined ? WIDE : SIDE, (box) => this.written(box)));
    this.place.replaceChildren(...this.boxes.map((box) => box.element));
    this.place.dataset.count = this.boxes.length;
    this.isJoined = isJoined;
    this.joinedButton.setAttribute("aria-pressed", String(isJoined));
    this.layOut();
  }

  listen() {
    this.root.querySelector("[data-sign-undo]").addEventListener("click", () => {
      const box = this.order.pop();
      if (box) box.undo();
      this.keep();
    });
    this.root.querySelector("[data-sign-clear]").addEventListener("click", () => {
      this.boxes.forEach((box) => box.clear());
      this.order = [];
      this.refusal.textContent = "";
      this.keep();
    });
    this.joinedButton.addEventListener("click", () => {
      this.setUp(!this.isJoined);
      this.keep();
    });
    this.root.closest("form").addEventListener("submit", (event) => this.check(event));
    // A finger that leaves a box must not scroll the page.
    this.place.addEventListener("touchmove", (event) => event.preventDefault(), { passive: false });
    new ResizeObserver(() => this.layOut()).observe(this.place);
  }

  layOut() {
    const isTurned = getComputedStyle(this.root).writingMode.startsWith("vertical");
    this.boxes.forEach((box) => box.layOut(isTurned));
  }

  written(box) {
    this.order.push(box);
    this.refusal.textContent = "";
    this.keep();
  }

  keep() {
    const isEmpty = this.boxes.every((box) => !box.strokes.length);
    this.field.value = isEmpty ? "" : JSON.stringify({ boxes: this.boxes.map((box) => box.asPlain()) });
    const { keepAs } = this.root.dataset;
    if (!keepAs) return;
    if (isEmpty) forgetStrokes();
    else keepStrokes(keepAs, { isJoined: this.isJoined, strokes: this.boxes.map((box) => box.strokes) });
  }

  check(event) {
    this.keep();
    const poor = this.boxes.find((box) => box.isPoor());
    if (!poor) return;
    event.preventDefault();
    event.stopPropagation();
    const isBlankBeside = !poor.strokes.length && this.field.value;
    this.refusal.textContent = isBlankBeside ? `“${poor.char}”这一格还空着。请写上，或点“我要在纸上签”。` : POOR;
  }
}

document.querySelectorAll("[data-signature]").forEach((root) => new SignatureSheet(root));
