// What has changed since the reader was here last. Remembered in this browser only, and sent to nobody:
// the latest change that the site had on the reader's last visit. Without storage nothing is marked.
(() => {
  "use strict";

  const ROOT = new URL("..", document.currentScript.src).pathname;
  const KEY = `lp-visit:${ROOT}`;  // several policies may share a host
  const VISIT = 4 * 60 * 60 * 1000;  // a pause that makes a new visit, in milliseconds

  const all = (selector, root = document) => root.querySelectorAll(selector);
  const one = (selector, root = document) => root.querySelector(selector);

  const load = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return kept && [kept.seen, kept.latest, kept.at].every(Number.isFinite) ? kept : null;
    } catch {
      return null;
    }
  };

  const save = (visit) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(visit));
      return true;
    } catch {
      return false;
    }
  };

  /** {seen, latest, at, first}: the latest change of the visit before, that of the site now, and when. */
  const visit = (latest) => {
    const kept = load();
    const at = Date.now();
    if (!kept) return {seen: latest, latest, at, first: true};
    const again = Math.abs(at - kept.at) > VISIT;
    return {seen: again ? kept.latest : kept.seen, latest, at, first: again ? false : Boolean(kept.first)};
  };

  const mark = (seen) => {
    let count = 0;
    for (const item of all("[data-lp-landed]")) {
      const fresh = Number(item.dataset.lpLanded) > seen;
      count += fresh;
      item.classList.toggle("lp-is-new", fresh);
      for (const word of [item, ...all("[data-lp-new]", item)]) {
        if (word.hasAttribute("data-lp-new")) word.hidden = !fresh;
      }
    }
    return count;
  };

  const tell = (now) => {
    const count = mark(now.seen);
    const box = one("[data-lp-since]");
    if (!box) return;
    box.hidden = now.first;
    const some = one("[data-lp-since-some]", box);
    some.textContent = (count === 1 ? some.dataset.one : some.dataset.other).replace("{count}", count);
    some.hidden = !count;
    one("[data-lp-since-none]", box).hidden = Boolean(count);
    const oldest = Math.min(...[...all("article[data-lp-landed]")].map((item) => Number(item.dataset.lpLanded)));
    one("[data-lp-since-more]", box).hidden = !(count && oldest > now.seen);
    const only = one("[data-lp-only]", box);
    const read = one("[data-lp-read]", box);
    only.hidden = read.hidden = !count;
    const filter = (on) => {
      only.setAttribute("aria-pressed", on);
      box.closest(".lp-changed").classList.toggle("lp-changed--only", on);
      for (const month of all(".lp-month")) month.classList.toggle("lp-month--seen", !one(".lp-is-new", month));
    };
    only.onclick = () => filter(only.getAttribute("aria-pressed") !== "true");
    read.onclick = () => {
      filter(false);
      const done = {...now, seen: now.latest, at: Date.now()};
      save(done);
      tell(done);
      box.tabIndex = -1;
      box.focus();
    };
  };

  const begin = () => {
    const latest = Number(one("[data-lp-newest]")?.dataset.lpNewest);
    if (!latest) return;
    const now = visit(latest);
    if (save(now)) tell(now);
  };

  if (typeof document$ !== "undefined") document$.subscribe(begin);
  else begin();
})();
