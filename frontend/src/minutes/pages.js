// Which page is this? Two pages of one clerk must not share a line, and a page that died leaves its line to the next.
const ANSWER_MS = 200;

export const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function remembered(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Then a reload counts as another page, and takes the line over like one.
  }
}

// Asks the other open pages of this clerk and hearing who they are: {device, alive: Set of the others' devices}.
export async function findDevice(owner) {
  const key = `ft-device:${owner}`;
  const alive = new Set();
  let device = remembered(key) || newId();
  if (typeof BroadcastChannel === "function") {
    const channel = new BroadcastChannel(`ft-minutes:${owner}`);
    let isKnown = false;
    channel.onmessage = ({ data }) => {
      if (data.here) alive.add(data.here);
      if (data.ask && isKnown) channel.postMessage({ here: device });
    };
    channel.postMessage({ ask: true });
    await new Promise((done) => setTimeout(done, ANSWER_MS));
    if (alive.has(device)) device = newId(); // the browser has copied a tab together with its memory
    isKnown = true;
  }
  remember(key, device);
  return { device, alive };
}
