// What is typed and not yet on the server, kept on this computer: IndexedDB, because it survives a killed browser as
// soon as a write is complete (localStorage is written down seconds later). Nothing stays once the server has it.
const NAME = "ft-minutes";
const TURNS = "turns";
const LINES = "lines";

function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(TURNS, { keyPath: "client_id" }).createIndex("owner", "owner");
      request.result.createObjectStore(LINES, { keyPath: "key" }).createIndex("owner", "owner");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

// Runs `act` on the stores and waits until it is written down.
function run(database, mode, act) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction([TURNS, LINES], mode, { durability: mode === "readwrite" ? "strict" : "default" });
    let answer;
    transaction.oncomplete = () => resolve(answer && answer.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
    answer = act(transaction.objectStore(TURNS), transaction.objectStore(LINES));
  });
}

const inOrder = (one, other) => one.recorded - other.recorded || one.place - other.place;

class Store {
  constructor(database, owner) {
    this.database = database;
    this.owner = owner;
  }

  // The turn goes in and its line goes out in one step: at no moment is the text in neither place.
  keepTurn(turn) {
    return run(this.database, "readwrite", (turns, lines) => {
      turns.put({ ...turn, owner: this.owner });
      lines.delete(this.keyOf(turn.device));
    });
  }

  // A turn that has to be mended goes back to being a line, again in one step.
  turnToLine(turn, line) {
    return run(this.database, "readwrite", (turns, lines) => {
      turns.delete(turn.client_id);
      lines.put({ ...line, key: this.keyOf(line.device), owner: this.owner });
    });
  }

  dropTurn(clientId) {
    return run(this.database, "readwrite", (turns) => turns.delete(clientId));
  }

  async turns() {
    const rows = await run(this.database, "readonly", (turns) => turns.index("owner").getAll(this.owner));
    return rows.sort(inOrder);
  }

  keepLine(line) {
    return run(this.database, "readwrite", (_turns, lines) => lines.put({ ...line, key: this.keyOf(line.device), owner: this.owner }));
  }

  dropLine(device) {
    return run(this.database, "readwrite", (_turns, lines) => lines.delete(this.keyOf(device)));
  }

  lines() {
    return run(this.database, "readonly", (_turns, lines) => lines.index("owner").getAll(this.owner));
  }

  keyOf(device) {
    return `${this.owner}:${device}`;
  }
}

// Stands in where the browser keeps nothing; the page then says so.
class NoStore {
  constructor() {
    this.keepsNothing = true;
  }

  async turns() {
    return [];
  }

  async lines() {
    return [];
  }

  async keepTurn() {}
  async turnToLine() {}
  async dropTurn() {}
  async keepLine() {}
  async dropLine() {}
}

export async function openStore(owner) {
  try {
    return new Store(await openDatabase(), owner);
  } catch {
    return new NoStore();
  }
}
