// Talking to the server: one shape of answer, and how a page whose log-in ran out finds back.
import { csrfToken } from "../staff/sending.js";

const PATIENCE_MS = 10000;
const AWAY = new Set([429, 500, 502, 503, 504]);
const NEEDS_LOGIN = new Set([400, 401]);

async function ask(url, options) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PATIENCE_MS);
  try {
    return await fetch(url, { credentials: "same-origin", ...options, signal: limit.signal });
  } finally {
    clearTimeout(timer);
  }
}

async function messageOf(response) {
  try {
    return (await response.json()).error.message;
  } catch {
    return "";
  }
}

// {kind: ok | away | login | refused | shut, news, message}
export async function post(url, fields) {
  const body = new FormData();
  Object.entries({ csrf_token: csrfToken(), ...fields }).forEach(([name, value]) => body.set(name, value));
  try {
    const response = await ask(url, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": csrfToken() } });
    if (response.ok && !response.redirected) return { kind: "ok", news: await response.json() };
    if (response.redirected || NEEDS_LOGIN.has(response.status)) return { kind: "login" };
    if (AWAY.has(response.status)) return { kind: "away" };
    const message = await messageOf(response);
    return { kind: response.status === 403 || response.status === 404 ? "shut" : "refused", message };
  } catch {
    return { kind: "away" };
  }
}

// The page as it reads now: {kind: ok | away | login | other, page}; `other` is somebody else's log-in.
export async function loadPage(url, account) {
  try {
    const response = await ask(url, { headers: { Accept: "text/html" } });
    return readPage(await response.text(), account);
  } catch {
    return { kind: "away" };
  }
}

// Posts one of the page's forms and gives the page that follows; `elsewhere` when the act leads to another page.
export async function submitForm(form, submitter, account) {
  try {
    const body = new FormData(form);
    if (submitter && submitter.name) body.append(submitter.name, submitter.value);
    body.set("csrf_token", csrfToken());
    const response = await ask(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    if (NEEDS_LOGIN.has(response.status)) return { kind: "login" };
    const answer = readPage(await response.text(), account);
    return answer.kind === "elsewhere" ? { kind: "elsewhere", url: response.url } : answer;
  } catch {
    return { kind: "away" };
  }
}

function readPage(html, account) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const desk = page.querySelector("[data-desk]");
  if (!desk) return { kind: page.querySelector("input[name=password]") ? "login" : "elsewhere" };
  if (desk.dataset.account !== account) return { kind: "other", name: desk.dataset.accountName };
  // A new log-in has a new token.
  document.querySelector("meta[name=csrf-token]").content = page.querySelector("meta[name=csrf-token]").content;
  return { kind: "ok", page, desk };
}
