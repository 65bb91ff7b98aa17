// Forms: sent once however often one clicks, drafts saved by themselves, no leaving with unsent text by mistake.
import { sayStatus, send, shelf } from "./sending.js";
import { clockTime } from "./today.js";

const SAVE_EVERY_MS = 10000;
// A browser lets a page that is being left send no more than 64 KiB; three bytes hold one Chinese character.
const LONGEST_LAST_WORDS = 20000;
const NOT_KEPT = new Set(["csrf_token", "version", "idempotency_key", "password"]);
const sending = new WeakSet();

function guardDoubleSend() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.dataset.minutes !== undefined) return;
    if (sending.has(form)) {
      event.preventDefault();
      return;
    }
    sending.add(form);
    const button = event.submitter;
    if (!button || button.tagName !== "BUTTON") return;
    button.dataset.text = button.innerHTML;
    // After this turn, so that the button's own name and value still go along.
    setTimeout(() => {
      button.textContent = "正在提交…";
      button.setAttribute("aria-disabled", "true");
    });
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("button[data-text]").forEach((button) => {
      button.innerHTML = button.dataset.text;
      button.removeAttribute("aria-disabled");
      delete button.dataset.text;
      sending.delete(button.form);
    });
  });
}

// What was typed before this script ran, or what the browser put back, was never announced by an input event.
function isChanged(form) {
  return [...form.elements].some((control) => {
    if (control.type === "radio" || control.type === "checkbox") return control.checked !== control.defaultChecked;
    return control.type !== "hidden" && "defaultValue" in control && control.value !== control.defaultValue;
  });
}

function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !NOT_KEPT.has(name) && typeof value === "string");
}

function putBack(form, fields) {
  const names = new Set(fields.map(([name]) => name));
  names.forEach((name) => {
    const values = fields.filter(([field]) => field === name).map(([, value]) => value);
    form.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((control, index) => {
      if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
      else if (control.type !== "file" && control.type !== "hidden") control.value = values[index] ?? values[0];
    });
  });
}

class Draft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosave;
    this.key = `ft-draft:${this.url}`;
    // The server keeps nothing of a form that it refused: such a page begins unsaved.
    this.isDirty = form.dataset.unsaved !== undefined || isChanged(form);
    this.isBusy = false;
    this.isRefused = false;
    this.afterSave = null;
    form.addEventListener("input", () => {
      this.isDirty = true;
    });
    form.addEventListener("submit", (event) => this.submitted(event));
    setInterval(() => this.save(), SAVE_EVERY_MS);
    window.addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.leave());
    window.addEventListener("beforeunload", (event) => this.isRefused && !sending.has(form) && event.preventDefault());
    this.takeUpKept();
    this.save();
  }

  get version() {
    const field = this.form.querySelector("[name=version]");
    return field ? field.value : "";
  }

  takeUpKept() {
    const kept = shelf.read(this.key);
    if (!kept) return;
    if (kept.version !== this.version) {
      this.offerKept(kept);
      return;
    }
    putBack(this.form, kept.fields);
    this.isDirty = true;
    sayStatus(this.form, "没来得及存的已经放回来了，正在补存", "warn");
  }

  offerKept(kept) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn ft-btn-line ft-btn-s";
    button.textContent = "这台电脑上还有没来得及存的，放回来";
    button.addEventListener("click", () => {
      putBack(this.form, kept.fields);
      this.isDirty = true;
      button.remove();
    });
    this.form.prepend(button);
  }

  // While a draft is on its way the form still names the version before it and would be refused as out of date.
  submitted(event) {
    if (this.isBusy) {
      event.preventDefault();
      this.afterSave = () => this.form.requestSubmit(event.submitter);
      return;
    }
    this.isDirty = false;
    shelf.drop(this.key);
  }

  get isShort() {
    return fieldsOf(this.form).reduce((length, [, value]) => length + value.length, 0) < LONGEST_LAST_WORDS;
  }

  leave() {
    if (sending.has(this.form)) return;
    const isOnItsWay = this.isShort && !(this.isBusy && this.isDirty);
    if (!isOnItsWay && (this.isBusy || this.isDirty)) this.keepHere();
    this.save();
  }

  keepHere() {
    return shelf.write(this.key, { version: this.version, fields: fieldsOf(this.form) });
  }

  async save() {
    if (!this.isDirty || this.isBusy || sending.has(this.form)) return;
    this.isBusy = true;
    this.isDirty = false;
    const answer = await send(this.url, new FormData(this.form), { keepalive: this.isShort });
    this.isRefused = !answer.ok && !answer.away;
    if (answer.ok) await this.saved(answer.response);
    else this.notSaved(answer);
    this.isBusy = false;
    if (this.afterSave) this.afterSave();
    this.afterSave = null;
  }

  async saved(response) {
    shelf.drop(this.key);
    if ((response.headers.get("content-type") || "").includes("json")) {
      const { version } = await response.json();
      const field = this.form.querySelector("[name=version]");
      if (field && version !== undefined) field.value = version;
    }
    sayStatus(this.form, `已保存 ${clockTime()}`);
  }

  notSaved(answer) {
    this.isDirty = true;
    if (answer.status === 409) {
      sayStatus(this.form, "别人改过这一页，您写的还在这里。请先复制下来，再打开新的一页对照", "warn");
      this.isDirty = false;
    } else if (answer.away) {
      sayStatus(this.form, this.keepHere() ? "网断了，照样能写。已记在这台电脑上，网好了自动补存" : "网断了，请先别关这一页", "warn");
    } else {
      sayStatus(this.form, "还没保存，请先别关这一页", "warn");
    }
  }
}

// The form that this page answers with its refusal: all of its text is unsaved, whatever the page brought along.
const isRefused = (form) =>
  document.body.dataset.refused !== undefined &&
  form.method === "post" &&
  new URL(form.getAttribute("action") || "", location.href).pathname === location.pathname;

function warnBeforeLeaving() {
  const changed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.method === "post" && !form.dataset.autosave) changed.add(form);
  });
  document.addEventListener("submit", (event) => changed.delete(event.target));
  const refused = new Set([...document.forms].filter((form) => isRefused(form) && !form.dataset.autosave));
  refused.forEach((form) => changed.add(form));
  window.addEventListener("beforeunload", (event) => {
    const hasText = [...changed].some((form) =>
      [...form.querySelectorAll("textarea")].some(
        (box) => box.isConnected && box.value.trim() && (refused.has(form) || box.value !== box.defaultValue),
      ),
    );
    if (hasText) event.preventDefault();
  });
}

export function startForms() {
  document.querySelectorAll("form[data-autosave]").forEach((form) => new Draft(form));
  guardDoubleSend();
  warnBeforeLeaving();
}
