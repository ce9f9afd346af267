// In served pages only: puts what was drawn anew into the open page, and shows what is wrong above it.
"use strict";

{
  /** @typedef {{ sentence: string, text: string, file: string, line: number, what: string }} Failure */
  /** @typedef {{ server: string, build: number, settings: string, failures: Failure[], problem: string }} Status */

  /** What the page's scripts know, once for all of them, so that it can be brought up to date. */
  const known = new Map();
  const own = Reflect.get(window, "pageData");
  if (own) {
    Reflect.set(window, "pageData", (/** @type {string} */ id) => {
      if (!known.has(id)) known.set(id, own(id));
      return known.get(id);
    });
  }

  /** @param {string} address */
  const get = async (address) => {
    const answer = await fetch(address, { cache: "no-store" });
    return answer.ok ? answer.text() : "";
  };

  const here = location.pathname;
  let [server, settings, shown, latest] = ["", "", "", 0];
  /** The last picture that was told of since the last build, by its view. */
  const told = new Map();
  const arrived = get(here).then((text) => (shown = text));

  /**
   * Put the parts of a new drawing into the old one. Boxes that stay are the same elements: they keep their listeners,
   * the focus and what is chosen.
   * @param {Element} old
   * @param {Element} fresh
   */
  const swapDrawing = (old, fresh) => {
    const boxes = new Map([...old.querySelectorAll(".node[data-node]")].map((box) => [box.getAttribute("data-node"), box]));
    for (const box of fresh.querySelectorAll(".node[data-node]")) {
      const was = boxes.get(box.getAttribute("data-node"));
      if (!was) {
        listen(box, old);
        continue;
      }
      was.replaceChildren(...box.childNodes);
      for (const { name, value } of box.attributes) if (!/^(class|role|tabindex|aria-)/.test(name)) was.setAttribute(name, value);
      box.replaceWith(was);
    }
    for (const { name, value } of fresh.attributes) if (!/^(class|role|style|aria-)/.test(name)) old.setAttribute(name, value);
    const colours = (/** @type {Element} */ { classList }) => [...classList].filter((name) => name.startsWith("f-")); // of most of its texts
    old.classList.remove(...colours(old));
    old.classList.add(...colours(fresh));
    old.replaceChildren(...fresh.childNodes);
    const [, , width, height] = (fresh.getAttribute("viewBox") ?? "0 0 1 1").split(" ").map(Number);
    const canvas = /** @type {HTMLElement | null} */ (old.closest(".canvas"));
    canvas?.style.setProperty("--natural", `${Math.round(width)}px`);
    canvas?.style.setProperty("--tall", `${Math.round(height)}px`);
  };

  /**
   * Let a box that was not there before be chosen and traced, as the others are.
   * @param {Element} box
   * @param {Element} drawing
   */
  const listen = (box, drawing) => {
    const id = box.getAttribute("data-node") ?? "";
    const view = drawing.closest("[data-view]")?.getAttribute("data-view") ?? "";
    box.setAttribute("role", "button");
    box.setAttribute("tabindex", "-1");
    box.addEventListener("click", () => writeState({ view, node: id }, { step: true }));
    box.addEventListener("pointerenter", () => setHighlight(drawing, neighbourhood(drawing, id)));
    box.addEventListener("pointerleave", () => setHighlight(drawing, persistentHighlight.get(drawing) ?? null));
  };

  /** Show again what the address says is chosen; the focus stays where it is. */
  const restore = () => {
    const focused = document.activeElement;
    const at = [scrollX, scrollY];
    if (Reflect.get(window, "notifyState")) notifyState(false);
    if (focused instanceof HTMLElement || focused instanceof SVGElement) focused.focus({ preventScroll: true });
    scrollTo(at[0], at[1]);
  };

  /** @param {Document} page */
  const drawings = (page) => new Map([...page.querySelectorAll("section.view")].map((view) => [view.getAttribute("data-view"), view]));

  /** What is not listened to, and can be put in as it is. */
  const PLAIN = ["header.lead", "header.system-head", ".about", "section.prose", ".part .prose", ".listing .source", ".targets", ".metrics", "table.words tbody", ".blocks"];
  const PLAIN_IN_VIEW = [".view > h3", ".view > .caption", ".walkthrough", ".parts tbody", "ul.words"];

  /**
   * Replace what differs between the page as it was served and as it is served now.
   * @param {ParentNode} live
   * @param {ParentNode} before
   * @param {ParentNode} after
   * @param {string[]} places
   */
  const swapPlain = (live, before, after, places) => {
    for (const place of places) {
      const [old, was, fresh] = [live, before, after].map((root) => [...root.querySelectorAll(place)]);
      if (old.length !== fresh.length || was.length !== fresh.length) return false;
      fresh.forEach((part, index) => {
        if (part.outerHTML === was[index].outerHTML) return;
        old[index].replaceChildren(...[...part.childNodes].map((child) => document.importNode(child, true)));
        for (const named of old[index].querySelectorAll("[id^='view=']")) named.removeAttribute("id");
      });
    }
    return true;
  };

  /** @param {Document} page */
  const rest = (page) => {
    const copy = /** @type {Document} */ (page.cloneNode(true));
    for (const part of copy.querySelectorAll(["svg", "#system-data", ".folds", ...PLAIN, ...PLAIN_IN_VIEW].join(","))) part.remove();
    return copy.body.innerHTML.replace(/--(natural|tall):\d+px/g, "");
  };

  /**
   * Bring the page up to date. What listens to more than boxes is loaded again as a whole. A picture that was shown
   * before the build, and is not of it, goes: its module failed afterwards, or was edited back.
   * @param {string} text
   */
  const update = (text) => {
    if (!text || (text === shown && !document.querySelector("svg.archfolio[data-raw]"))) return;
    const [before, after] = [shown, text].map((each) => new DOMParser().parseFromString(each, "text/html"));
    shown = text;
    const [live, fresh] = [drawings(document), drawings(after)];
    const same = live.size > 0 && [...live.keys()].join() === [...fresh.keys()].join() && rest(before) === rest(after);
    if (!same || !swapPlain(document, before, after, PLAIN)) return location.reload();
    const sprite = document.querySelector("svg.sprite");
    const icons = after.querySelector("svg.sprite");
    if (sprite && icons) sprite.replaceChildren(...icons.childNodes);
    for (const [slug, view] of live) {
      const [was, now] = [drawings(before).get(slug), fresh.get(slug)];
      if (!was || !now || !swapPlain(view, was, now, PLAIN_IN_VIEW)) return location.reload();
      const [drawing, drawn] = [view, now].map((each) => each.querySelector("svg.archfolio"));
      const raw = drawing?.hasAttribute("data-raw");
      if (drawing && drawn && (raw || drawn.outerHTML !== was.querySelector("svg.archfolio")?.outerHTML)) swapDrawing(drawing, drawn);
      drawing?.removeAttribute("data-raw");
    }
    const facts = JSON.parse(after.getElementById("system-data")?.textContent ?? "{}");
    for (const [name, value] of Object.entries(known.get("system-data") ?? {})) {
      if (Array.isArray(value)) value.splice(0, value.length, ...facts[name]);
      else if (value instanceof Object) Object.assign(value, facts[name]); // a word or a number is read once
    }
    restore();
  };

  /**
   * Show a picture the moment that it is drawn; the page around it follows. The file has what the page has too.
   * @param {string} text
   * @param {Element} old
   */
  const preview = (text, old) => {
    const page = new DOMParser().parseFromString(text, "image/svg+xml");
    const fresh = page.documentElement;
    if (fresh.localName !== "svg") return;
    for (const part of fresh.querySelectorAll(":scope > title, :scope > desc, g.head, style.font")) part.remove();
    const [, top] = (fresh.getAttribute("data-body") ?? "0 0").split(" ").map(Number);
    const [left, , width, height] = (fresh.getAttribute("viewBox") ?? "0 0 1 1").split(" ").map(Number);
    const cut = Math.max(top - 24, 0);
    fresh.setAttribute("viewBox", `${left} ${cut} ${width} ${height - cut}`);
    fresh.setAttribute("height", String(height - cut));
    swapDrawing(old, document.importNode(fresh, true));
    old.setAttribute("data-raw", "");
    restore();
  };

  const bar = document.createElement("div");
  bar.setAttribute("role", "alert");
  bar.hidden = true;
  bar.style.cssText =
    "position:sticky;top:0;z-index:1000;max-height:40vh;overflow:auto;padding:.75rem 1rem;background:#7a1420;color:#fff;" +
    "font:14px/1.5 ui-monospace,monospace;white-space:pre-wrap";

  /** @param {string} sentence */
  const tell = (sentence) => {
    bar.textContent = bar.hidden ? sentence : `${sentence}\n${bar.textContent}`;
    bar.hidden = false;
  };

  /** @param {Status} status */
  const report = ({ failures, problem }) => {
    const lines = [...(problem ? [problem] : []), ...failures.map((failure) => failure.text)];
    bar.hidden = lines.length === 0;
    bar.textContent = lines.length ? `${lines.join("\n")}\nBelow is what was drawn last.` : "";
  };

  document.addEventListener("DOMContentLoaded", () => document.body.prepend(bar));

  /** @param {Status} status */
  const onStatus = async (status) => {
    if (server && server !== status.server) return location.reload();
    if (settings && settings !== status.settings) return location.reload(); // all pages share what they change
    [server, settings] = [status.server, status.settings];
    latest = status.build;
    report(status);
    told.clear();
    await arrived;
    const text = await get(here);
    if (latest === status.build && !text) tell("This page is no longer in the gallery: its module was renamed, or removed.");
    if (latest === status.build && told.size === 0) update(text); // otherwise a newer edit is shown, and being built
    document.documentElement.dataset.build = String(status.build);
  };

  /** @param {{ path: string }} picture */
  const onPicture = async ({ path }) => {
    const [, slug, view] = /^images\/(.+)\/([^/]+)\.svg$/.exec(path) ?? [];
    if (decodeURIComponent(here) !== `/systems/${slug}.html`) return;
    const old = document.querySelector(`section.view[data-view="${CSS.escape(view ?? "")}"] svg.archfolio`);
    if (!old) return;
    const mine = {};
    told.set(view, mine);
    const text = await get(`/${path}`);
    if (told.get(view) === mine) preview(text, old);
  };

  const handlers = { status: onStatus, picture: onPicture };
  /** @typedef {{ name: "status" | "picture" | "hello", content?: any }} Message */

  /**
   * A browser opens six connections to a server, and an event stream holds one for as long as its page is open. So one
   * page holds the stream, and tells the others; when it is closed, the next one takes its place.
   */
  const relay = new BroadcastChannel("archfolio");
  let /** @type {Message | undefined} */ lastStatus;

  /** @param {Message} message */
  const handle = ({ name, content }) => {
    if (name !== "hello") return handlers[name](content);
    if (lastStatus) relay.postMessage(lastStatus);
  };
  relay.addEventListener("message", (event) => handle(event.data));
  relay.postMessage({ name: "hello" });

  const hold = () =>
    new Promise(() => {
      const events = new EventSource("/-/events");
      for (const name of /** @type {const} */ (["status", "picture"]))
        events.addEventListener(name, (event) => {
          const message = { name, content: JSON.parse(event.data) };
          if (name === "status") lastStatus = message;
          relay.postMessage(message);
          handle(message);
        });
    });
  navigator.locks.request("archfolio-events", hold);
}
