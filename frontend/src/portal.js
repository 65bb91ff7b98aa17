// The petitioners' pages work without this: it adds reading aloud and lets the letters grow without a reload.
function sentencesOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT, {
    acceptNode: (node) =>
      /^(P|H1|H2|H3|LI|DT|DD|TD|TH)$/.test(node.tagName) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP,
  });
  const blocks = [];
  while (walker.nextNode()) if (!walker.currentNode.querySelector("p, li")) blocks.push(walker.currentNode);
  return blocks.flatMap((block) => splitIntoSentences(block));
}

function splitIntoSentences(block) {
  const sentences = [];
  let spans = [];
  let text = "";
  const close = () => {
    if (text.trim()) sentences.push({ text, spans });
    spans = [];
    text = "";
  };
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  nodes.forEach((node) => {
    const pieces = node.data.match(/[^。；！？]+[。；！？]?|[。；！？]/g) || [];
    const parts = pieces.map((piece) => {
      const span = document.createElement("span");
      span.textContent = piece;
      spans.push(span);
      text += piece;
      if (/[。；！？]$/.test(piece)) close();
      return span;
    });
    node.replaceWith(...parts);
  });
  close();
  return sentences;
}

class Reader {
  constructor(button) {
    this.button = button;
    this.label = button.querySelector("span") || button;
    this.root = document.querySelector(button.dataset.readAloud || "main");
    if (!this.root) return;
    this.state = "idle";
    button.hidden = false;
    button.addEventListener("click", () => this.press());
    window.addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  press() {
    if (this.state === "reading") {
      speechSynthesis.pause();
      this.show("paused", "接着朗读");
    } else if (this.state === "paused") {
      speechSynthesis.resume();
      this.show("reading", "停一下朗读");
    } else {
      this.sentences = this.sentences || sentencesOf(this.root);
      this.show("reading", "停一下朗读");
      this.read(0);
    }
  }

  show(state, word) {
    this.state = state;
    this.label.textContent = word;
  }

  read(index) {
    const sentence = this.sentences[index];
    if (!sentence) {
      this.show("idle", "朗读");
      return;
    }
    const speech = new SpeechSynthesisUtterance(sentence.text);
    const light = (isOn) => sentence.spans.forEach((span) => span.classList.toggle("ft-spoken", isOn));
    speech.lang = "zh-CN";
    speech.rate = 0.9;
    speech.onstart = () => {
      light(true);
      sentence.spans[0].scrollIntoView({ block: "center" });
    };
    speech.onend = () => {
      light(false);
      this.read(index + 1);
    };
    speech.onerror = () => {
      light(false);
      this.show("idle", "朗读");
    };
    speechSynthesis.speak(speech);
  }
}

if ("speechSynthesis" in window) document.querySelectorAll("[data-read-aloud]").forEach((button) => new Reader(button));

// 大字版 is the server's to keep; the page changes where it stands, so that nothing typed and no place is lost.
document.querySelectorAll("[data-large-type]").forEach((form) => {
  const button = form.querySelector("button");
  const change = async (event) => {
    event.preventDefault();
    const data = new FormData(form);
    data.set("large", button.value);
    try {
      await fetch(form.action, { method: "POST", body: data, redirect: "manual" });
    } catch {
      form.removeEventListener("submit", change);
      form.requestSubmit(button);
      return;
    }
    const isLarge = button.value === "1";
    const place = window.scrollY / (document.documentElement.scrollHeight || 1);
    document.documentElement.classList.toggle("ft-large", isLarge);
    button.value = isLarge ? "0" : "1";
    button.textContent = isLarge ? "标准字" : "大字版";
    window.scrollTo(0, place * document.documentElement.scrollHeight);
  };
  form.addEventListener("submit", change);
});

// One click sends once, however often one presses; coming back by the browser's arrow opens the form again.
let sent = new WeakSet();
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (sent.has(event.target)) event.preventDefault();
  else sent.add(event.target);
});
window.addEventListener("pageshow", () => {
  sent = new WeakSet();
});
document.addEventListener("click", (event) => event.target.closest("[data-print]") && window.print());
const summary = document.querySelector("[role=alert][tabindex]");
if (summary) summary.focus();
