// The one quiet line under the box: saved when, or what happens to the words while they cannot be saved.
import { sayStatus } from "../staff/sending.js";
import { clockTime } from "../staff/today.js";

export class Saying {
  constructor(form, desk, store) {
    this.form = form;
    this.desk = desk;
    this.store = store;
  }

  say(kind, count = 0) {
    const words = {
      saving: "正在保存",
      saved: `已保存 ${clockTime(true)}　断网也不丢`,
      back: `网好了，${count} 段已补传，一段没少。`,
      away: `网断了，照样能写。已记在这台电脑上 ${count} 段，网好了自动补传。`,
      login: `登录到时了，照样能写。已记在这台电脑上 ${count} 段，请另开一页登录，回来自动补传。`,
      shut: `这一场您现在不能记了。没存上的 ${count} 段还在这台电脑上，请找主持人。`,
    };
    if (this.store.keepsNothing && kind !== "saved") words[kind] = "还没存上，这台电脑的浏览器不让存东西，请先别关这一页。";
    sayStatus(this.form, words[kind], ["saving", "saved", "back"].includes(kind) ? "" : "warn");
    if (kind === "login") this.offerLogin();
  }

  // In another tab, so that nothing on this page is left.
  offerLogin() {
    const line = this.form.querySelector("[data-save-status]");
    const link = Object.assign(document.createElement("a"), { href: this.desk.dataset.loginUrl, target: "_blank", textContent: "去登录" });
    link.rel = "noopener";
    line.append(" ", link);
  }

  other(name, count) {
    const mine = this.desk.dataset.accountName;
    sayStatus(this.form, `现在登录的是${name}。这一页的 ${count} 段是${mine}写的，还在这台电脑上，请用${mine}登录再存。`, "warn");
  }

  refused(message) {
    sayStatus(this.form, `刚才那一段没有记下，已放回下面。${message}`, "warn");
  }
}
