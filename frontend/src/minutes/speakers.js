// Who has the floor: Alt+1…9 by the number on the button, Alt+0 for the room, Alt+` for the last but one speaker.
export class Speakers {
  constructor(form, box) {
    this.form = form;
    this.box = box;
    this.spoken = [];
    this.note();
    form.addEventListener("change", (event) => {
      if (event.target.name !== "speaker") return;
      this.note();
      box.focus();
    });
    document.addEventListener("keydown", (event) => this.byKey(event));
  }

  buttons() {
    return [...this.form.querySelectorAll("[name=speaker]")];
  }

  chosen() {
    const button = this.form.querySelector("[name=speaker]:checked");
    return button ? button.value : "";
  }

  choose(value) {
    const button = this.buttons().find((each) => each.value === value);
    if (!button) return;
    button.checked = true;
    this.note();
  }

  named(value) {
    const button = this.buttons().find((each) => each.value === value);
    return button ? { name: button.dataset.name, role: button.dataset.role } : { name: "", role: "" };
  }

  note() {
    const value = this.chosen();
    if (value) this.spoken = [value, ...this.spoken.filter((other) => other !== value)].slice(0, 2);
  }

  byKey(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
    const people = this.buttons().filter((button) => button.dataset.room === undefined);
    let value = null;
    if (digit && digit[1] === "0") value = "room";
    else if (digit) value = people[digit[1] - 1]?.value;
    else if (event.code === "Backquote") value = this.spoken[1];
    if (!value) return;
    event.preventDefault();
    this.choose(value);
    this.box.focus();
  }
}
