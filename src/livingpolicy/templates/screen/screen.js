// The screen. Never navigates: asks what is published, loads it in a hidden frame, and shows it only when it is
// whole. What fails is forgotten; the last good poster stands. The contract is in render/screen.py.
(() => {
  "use strict";

  const SECOND = 1000, MINUTE = 60 * SECOND, DAY = 1440 * MINUTE;
  const root = document.documentElement;
  const [stage, frames] = ["stage", "frames"].map((name) => document.querySelector(".lp-" + name));
  const query = new URLSearchParams(location.search);
  const name = query.get("plansch");
  const folder = frames.dataset.folder + (name ? "/" + name : "");
  // Chromium answers 401 with a window that asks for a password, unless no credentials are to be sent.
  const credentials = query.get("inloggning") === "ja" ? "same-origin" : "omit";
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let shown, shownId, known, clock, suspects = [], failures = 0;

  if (query.get("tema") === "mork") root.dataset.theme = "dark";

  const pause = (time) => new Promise((done) => setTimeout(done, time));

  // Does the work, which is told when its time is out.
  async function within(time, work) {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), time);
    try {
      return await work(stop.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  // The server's clock, carried on by a clock of the device that nobody sets.
  const now = () => clock.at + performance.now() - clock.mark;

  async function look() {
    const status = await within(10 * SECOND, async (signal) => {
      const answer = await fetch("../status.json", { cache: "no-store", credentials, redirect: "error", signal });
      if (!answer.ok) throw Error(answer.status);
      const times = { at: Date.parse(answer.headers.get("Date")) || Date.now(), mark: performance.now() };
      return { ...(await answer.json()), ...times };
    });
    const id = status.posters[folder];
    new Intl.DateTimeFormat("en", { timeZone: status.timezone }); // throws when there is no such place
    if (status.schema !== 1 || !/^[0-9a-f]{16}$/.test(id) || !/^\d{4}-\d\d-\d\d$/.test(status.built_on)) {
      throw Error("not a status");
    }
    clock = status;
    const heard = Math.min(now(), Date.parse(status.seen) || Infinity); // by a mirror
    if (id !== shownId) await change(String(id));
    known = { heard, builtOn: status.built_on, timeZone: status.timezone };
  }

  function framed(page) {
    const frame = document.createElement("iframe");
    frame.title = frames.dataset.title;
    frame.tabIndex = -1;
    frame.src = `../${folder}/${page}`;
    return frame;
  }

  async function change(id) {
    // What a faulty attempt left in the browser's cache may be at fault itself.
    const again = (url, signal) => fetch(url, { cache: "reload", credentials, signal }).then((answer) => answer.blob());
    await within(10 * SECOND, (signal) => Promise.allSettled(suspects.map((url) => again(url, signal))));
    const frame = framed(`${id}.html?${query}` + (failures ? `&n=${failures}` : ""));
    frame.sandbox = "allow-same-origin allow-scripts"; // no page may lead the screen away
    try {
      await within(20 * SECOND, (signal) => Promise.race([
        new Promise((_, late) => { signal.onabort = late; }),
        whole(frame, id),
      ]));
      tell(frame);
    } catch (fault) {
      failures += 1;
      try {
        suspects = frame.contentWindow.performance.getEntriesByType("resource").map((entry) => entry.name);
      } catch {
        suspects = []; // a page of somebody else's
      }
      frame.remove();
      throw fault;
    }
    frame.className = "lp-shown";
    if (!calm.matches) await pause(0.4 * SECOND);
    shown?.remove();
    [shown, shownId, suspects, failures] = [frame, id, [], 0];
  }

  async function whole(frame, id) {
    await new Promise((loaded) => {
      frame.onload = loaded;
      frames.append(frame);
    });
    const page = frame.contentDocument, top = page.documentElement;
    if (top.dataset.build !== id || page.getElementById("end").dataset.build !== id) throw Error("torn");
    if (!("ready" in top.dataset)) throw Error("no script");
    if (getComputedStyle(top).getPropertyValue("--lp-complete").trim() !== "1") throw Error("no style");
    await Promise.all([...page.fonts].map((font) => font.load()));
    await Promise.all([...page.images].map((image) => image.decode()));
  }

  function tell(frame) {
    const top = frame.contentDocument.documentElement;
    top.dataset.ahead = Math.round(now() - Date.now());
    top.dispatchEvent(new Event("clock"));
  }

  function parts(time, timeZone) {
    const two = "2-digit";
    const format = new Intl.DateTimeFormat("en", {
      timeZone, year: "numeric", month: two, day: two, hour: two, minute: two, hourCycle: "h23",
    });
    const found = Object.fromEntries(format.formatToParts(time).map((part) => [part.type, part.value]));
    return { ...found, date: `${found.year}-${found.month}-${found.day}` };
  }

  function notice(kind, form, when) {
    const line = document.querySelector(`[data-notice=${kind}]`);
    line.hidden = !form;
    if (!form) return;
    const values = { ...when, day: +when.day, month: root.dataset.months.split(" ")[when.month - 1] };
    const text = line.dataset[form].replace(/{(\w+)}/g, (_, key) => values[key]);
    const place = line.querySelector("span");
    if (place.textContent !== text) place.textContent = text; // once: it is read aloud
  }

  function say() {
    if (!known) return;
    const { heard, builtOn, timeZone } = known, time = now(), away = time - heard;
    const then = parts(heard, timeZone);
    const form = then.date === parts(time, timeZone).date ? "today" : "earlier";
    notice("lost", away > 15 * MINUTE && form, then);
    notice("stale", Date.parse(then.date) - Date.parse(builtOn) > 8 * DAY && "earlier", parts(Date.parse(builtOn), "UTC"));
    stage.classList.toggle("lp-stage--long", away > DAY);
    const turn = Math.floor(time / (10 * MINUTE)); // nothing burns in
    stage.style.translate = `${0.3 * Math.cos(turn)}vmin ${0.3 * Math.sin(turn)}vmin`;
    try {
      tell(shown);
    } catch {
      shownId = ""; // the frame has lost its page: fetch it again
    }
  }

  async function live() {
    for (;;) {
      await look().catch(() => {}); // until the next time
      say();
      await pause(MINUTE * (0.9 + Math.random() / 5));
    }
  }

  if (location.protocol === "file:") {
    const frame = framed(`index.html?${query}`); // a folder answers no questions
    frame.className = "lp-shown";
    frames.append(frame);
  } else {
    live();
    setInterval(say, 10 * SECOND);
    document.fonts.load("700 1em Hanken Grotesk"); // before the network is gone
  }
})();
