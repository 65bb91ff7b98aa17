// Ten seconds in which an act can be taken back: counted down, then the form beside it is sent.
export function startSeconds() {
  const publishing = document.querySelector("[data-publishing]");
  if (publishing) countDown(publishing, Number(publishing.dataset.publishing), () => document.getElementById("ft-send").requestSubmit());
  const undo = document.querySelector("[data-undo]");
  if (undo) setTimeout(() => undo.remove(), Number(undo.dataset.undo) * 1000);
}

function countDown(box, seconds, done) {
  const shown = box.querySelector("[data-seconds]");
  const end = Date.now() + (seconds + 1) * 1000;
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000) - 1;
    shown.textContent = String(Math.max(0, left));
    if (Date.now() >= end) done();
    else setTimeout(tick, 250);
  };
  tick();
}
