/* The page's title, the date it speaks of, and the two things one can take away. */
(function () {
  "use strict";
  const Corridormap = (window.Corridormap = window.Corridormap || {});
  const { el, icon, fill } = Corridormap.dom;
  const words = Corridormap.words;

  const SAID_MS = 2000;

  function addNotice(store, text, error) {
    const details = error && error.message ? error.message : String(error || "");
    store.set({ notices: [...(store.get().notices || []), { text, details }] });
  }

  function download(blob, filename) {
    const url = URL.createObjectURL(blob);
    const anchor = el("a", { href: url, download: filename, hidden: true });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    // The click only queues the download; the address must outlive this turn.
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  }

  function copyButton(host, store, frame) {
    const label = el("span.cmp-btn-text", {}, "Copy link");
    const button = el("button.cmp-btn", { "aria-label": "Copy link" }, icon("link"), label);
    let timer = 0;
    button.addEventListener("click", async () => {
      try {
        await host.copyLink();
      } catch (error) {
        addNotice(store, "The link could not be copied.", error);
        return;
      }
      frame.announce("Link copied");
      button.classList.add("is-done");
      label.textContent = "Copied";
      clearTimeout(timer);
      timer = setTimeout(() => {
        button.classList.remove("is-done");
        label.textContent = "Copy link";
      }, SAID_MS);
    });
    return button;
  }

  function snapshotButton(host, store, model, frame) {
    const label = el("span.cmp-btn-text", {}, "Snapshot");
    const bar = el("span.cmp-btn-bar", { "aria-hidden": "true" });
    const button = el("button.cmp-btn.is-main", { "aria-label": "Snapshot" }, icon("camera"), label, bar);

    function busy(on) {
      button.classList.toggle("is-busy", on);
      button.setAttribute("aria-busy", String(on));
      button.setAttribute("aria-disabled", String(on));
      button.setAttribute("aria-label", on ? "Drawing the snapshot" : "Snapshot");
      label.textContent = on ? "Drawing" : "Snapshot";
      if (on) frame.announce("Drawing the snapshot");
    }

    button.addEventListener("click", async () => {
      if (button.classList.contains("is-busy")) return;
      const view = { ...store.get().view, claim: store.get().claim };
      busy(true);
      try {
        const { blob, filename } = await host.snapshot(view);
        download(blob, filename);
        frame.announce("Snapshot ready");
        const base = (model.document.basemaps || []).find((b) => b.id === view.basemap);
        if (base && base.url) {
          addNotice(store, `The snapshot shows the outline in place of ${base.title}.`,
            "Online base maps are for the screen only: their terms forbid putting them in files.");
        }
      } catch (error) {
        addNotice(store, `The snapshot could not be drawn. ${error.message}`);
      } finally {
        busy(false);
      }
    });
    return button;
  }

  /** Fill the header; buttons whose work the host cannot do are left out. */
  Corridormap.createHeader = function (frame, model, store, host) {
    const subtitle = el("p.cmp-asof");
    const tools = el("div.cmp-tools");
    if (host.copyLink) tools.append(copyButton(host, store, frame));
    if (host.snapshot) tools.append(snapshotButton(host, store, model, frame));
    const title = el("h1.cmp-title", {}, model.document.corridor.title);
    fill(frame.slots.header, el("div.cmp-heading", {}, title, subtitle), tools);

    function update(state, before) {
      if (before && before.view.date === state.view.date) return;
      subtitle.textContent = `as known on ${words.date(state.view.date)}`;
    }
    update(store.get());
    return { destroy: store.subscribe(update) };
  };
})();
