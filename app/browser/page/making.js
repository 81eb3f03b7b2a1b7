/* Leads to a new corridor: its dialog is fetched when it is first wanted, and the page of what was
   made opens the editor where it begins. */
import { asked, fetched } from "./edit.js";

const BEGIN = "corridormap.begin";

/** A browser may keep nothing: then the page opens without its editor. */
function session() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/**
 * @param {any} data what app/server/start.py says
 * @param {(id: string) => string} addressOf the address of a corridor's page
 * @returns a function that opens the dialog in an element of the page, or undefined where no
 *   corridor can be made
 */
export function createMaking(data, addressOf) {
  if (!data.make) return undefined;
  const { address, style } = data.make;
  return async (root) => {
    const [program, answer] = await Promise.all([
      fetched(style, () => import("../editor/corridor/new.js")),
      asked(address),
    ]);
    const dialog = program.createNewCorridor(await answer.json(), {
      make: async (wish) => (await asked(address, { method: "POST", json: wish })).json(),
      made(id, panel) {
        session()?.setItem(BEGIN, JSON.stringify([id, panel]));
        window.location.assign(addressOf(id));
      },
    });
    root.append(dialog);
    dialog.showModal();
  };
}

/** The panel that the editor of a corridor just made opens with, once. */
export function beginning(corridor) {
  const kept = session()?.getItem(BEGIN);
  if (!kept) return null;
  const [id, panel] = JSON.parse(kept);
  if (id !== corridor) return null;
  session()?.removeItem(BEGIN);
  return panel;
}
