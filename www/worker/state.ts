// The state of the instance, which outlives the worker: one entry in IndexedDB.

const DATABASE = "mastodon-wasm-demo";
const STORE = "state";
const KEY = "snapshot";

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function store<T>(
  mode: IDBTransactionMode,
  work: (objects: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await done(opening);
  try {
    return await done(work(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

export async function readState(): Promise<Uint8Array | undefined> {
  return store("readonly", (objects) => objects.get(KEY));
}

export async function writeState(snapshot: Uint8Array): Promise<void> {
  await store("readwrite", (objects) => objects.put(snapshot, KEY));
}
