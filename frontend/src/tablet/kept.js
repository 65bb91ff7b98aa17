// Strokes that were written and not sent: kept on the tablet under one key (ticket, signer, text) alone, so that they
// outlive a reload and a tablet that slept, and never meet another ticket or another text.
const NAME = "ft-strokes";

export function keepStrokes(key, sheet) {
  try {
    localStorage.setItem(NAME, JSON.stringify({ key, sheet }));
  } catch {
    // No room or no storage: the strokes are on the page alone, as on a phone.
  }
}

export function forgetStrokes() {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // No storage, nothing kept.
  }
}

// What was kept under this key; what was kept under another is thrown away.
export function readStrokes(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME));
    if (kept && kept.key === key) return kept.sheet;
  } catch {
    // Unreadable is as good as none.
  }
  forgetStrokes();
  return null;
}
