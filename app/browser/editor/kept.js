/* Keeps a tab's draft in the browser, so that a reload or a restart of the server loses nothing.
   Each tab has a place of its own; that of a closed tab is taken over by the next one. */

const TAB = "corridormap.tab";
const FORM = 1;
/** Where a browser cannot say whether a tab lives, one that was silent so long counts as gone. */
const SILENT_MS = 600000;
/** A page that is being left holds its place until it is gone: on a busy machine for a while. */
const LEAVING_MS = 10000;
/** Not after a reload the place may as well be that of the tab which this one is a copy of. */
const COPY_MS = 1000;

/** @param {"localStorage" | "sessionStorage"} kind */
function storage(kind) {
  try {
    return window[kind];
  } catch {
    return null; // blocked by the browser's settings
  }
}

const fresh = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

/** @returns how long to wait for this tab's place, in milliseconds */
function patience() {
  const [entry] = /** @type {PerformanceNavigationTiming[]} */ (
    performance.getEntriesByType("navigation")
  );
  return entry?.type === "reload" ? LEAVING_MS : COPY_MS;
}

/** Hold a tab's name for as long as the tab lives. @returns whether it was free, or became so */
function hold(name, withinMs = 0) {
  if (!navigator.locks) return Promise.resolve(null);
  const options = withinMs ? { signal: AbortSignal.timeout(withinMs) } : { ifAvailable: true };
  return new Promise((resolve) => {
    navigator.locks
      .request(name, options, (lock) => {
        resolve(lock !== null);
        return lock ? new Promise(() => {}) : undefined;
      })
      .catch(() => resolve(withinMs ? false : null));
  });
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return value && value.form === FORM && Array.isArray(value.steps) && value.steps.length
      ? value
      : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} prefix the names of all drafts of this corridor begin so
 * @returns `{open(): Promise, read(): Promise<object|null>, write(value): boolean, clear(): void}`
 */
export function createKept(prefix) {
  const local = storage("localStorage");
  const session = storage("sessionStorage");
  let place = "";

  /** This tab's place; a copy of a tab has its name and must take another. */
  async function own() {
    if (place) return place;
    const named = session?.getItem(TAB) || fresh();
    const free = await hold(`${prefix}${named}`, patience());
    const mine = free === false ? fresh() : named;
    if (mine !== named) await hold(`${prefix}${mine}`);
    place = `${prefix}${mine}`;
    try {
      if (session) session.setItem(TAB, mine);
    } catch {
      // Full, or blocked: after a reload the draft is found as that of a closed tab.
    }
    return place;
  }

  /** The newest draft that no living tab holds moves to this tab. */
  async function orphan() {
    if (!local) return null;
    const names = Object.keys(local).filter((name) => name.startsWith(prefix) && name !== place);
    const found = names
      .map((name) => ({ name, value: parsed(local.getItem(name)) }))
      .filter(({ value }) => value)
      .sort((a, b) => b.value.at - a.value.at);
    for (const { name, value } of found) {
      const free = await hold(name);
      if (!(free === null ? Date.now() - value.at > SILENT_MS : free)) continue;
      local.setItem(place, local.getItem(name) ?? "");
      local.removeItem(name);
      return value;
    }
    return null;
  }

  return {
    /** Take this tab's place. Needed before anything is kept. */
    async open() {
      if (local) await own();
    },
    async read() {
      if (!local) return null;
      await own();
      return parsed(local.getItem(place)) || orphan();
    },
    /** @returns whether it is kept */
    write(value) {
      if (!local || !place) return false;
      try {
        local.setItem(place, JSON.stringify({ form: FORM, at: Date.now(), ...value }));
        return true;
      } catch {
        return false; // full, or blocked
      }
    },
    clear() {
      if (local && place) local.removeItem(place);
    },
  };
}
