// Posts in the background with one shape of answer: {ok, status, response} or {ok: false, away: true} when the line is cut.
export async function send(url, body, options = {}) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      credentials: "same-origin",
      headers: { "HX-Request": "true", "X-CSRFToken": csrfToken() },
      ...options,
    });
    const away = response.status >= 502 && response.status <= 504;
    return { ok: response.ok && !response.redirected, away, status: response.status, response };
  } catch {
    return { ok: false, away: true, status: 0 };
  }
}

export function csrfToken() {
  const meta = document.querySelector("meta[name=csrf-token]");
  return meta ? meta.content : "";
}

// Kept on this computer only while the server cannot be reached.
export const shelf = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
  drop(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Storage is switched off; then nothing was kept either.
    }
  },
};

export function sayStatus(root, text, kind = "") {
  const line = root.querySelector("[data-save-status]") || document.querySelector("[data-save-status]");
  if (!line || line.textContent === text) return;
  line.textContent = text;
  line.className = `ft-saved${kind ? ` ft-${kind}` : ""}`;
}
