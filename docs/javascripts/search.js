// The search in the header of every page, and the page that lists what was found. find.js does the finding.
(() => {
  "use strict";

  const root = new URL("../", document.currentScript.src);  // wherever the site lives, a disk included
  const SHOWN = 10, LISTED = 50;
  const EXCERPT = 170;  // characters

  const control = () => document.querySelector(".lp-search");
  const text = (name, value = "") => control().dataset[name].replace("{}", value);

  // The index: fetched once, as a script, when somebody is about to search.

  let fetched;
  const fetchIndex = () => {
    fetched ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(control().dataset.index, root);
      script.onload = () => resolve(lpFinding.finder(globalThis.livingPolicySearch));
      script.onerror = () => {
        fetched = undefined;
        reject(new Error("index"));
      };
      document.head.append(script);
    });
    return fetched;
  };

  // One result.

  /** Append *passage* from *start* to *end*, with its *marks* inside `<mark>`. */
  const marked = (target, passage, marks, start = 0, end = passage.length) => {
    let place = start;
    for (const [from, to] of marks) {
      if (from < start || to > end) continue;
      target.append(passage.slice(place, from));
      const mark = document.createElement("mark");
      mark.textContent = passage.slice(from, to);
      target.append(mark);
      place = to;
    }
    target.append(passage.slice(place, end));
  };

  /** Where to cut a long passage so that most of the marks are seen. */
  const windowOf = (passage, marks) => {
    if (passage.length <= EXCERPT) return [0, passage.length];
    let best = 0, most = -1;
    for (const [from] of marks.length ? marks : [[0]]) {
      const start = Math.max(0, Math.min(from - 30, passage.length - EXCERPT));
      const seen = marks.filter(([one, other]) => one >= start && other <= start + EXCERPT).length;
      if (seen > most) [best, most] = [start, seen];
    }
    const start = best ? passage.indexOf(" ", best) + 1 : 0;
    const end = best + EXCERPT >= passage.length ? passage.length : passage.lastIndexOf(" ", best + EXCERPT);
    return [start, end > start ? end : passage.length];
  };

  const hit = (result) => {
    const link = control().querySelector("[data-lp-hit]").content.firstElementChild.cloneNode(true);
    const part = (name) => link.querySelector(`.lp-hit__${name}`);
    link.href = new URL(result.address, root);
    part("kind").textContent = result.lead ? text("chapter") : control().dataset.kinds.split("|")[result.kind];
    part("kind").classList.add(`lp-hit__kind--${result.lead ? "lead" : ["promise", "rule", "guideline"][result.kind]}`);
    part("status").textContent = control().dataset.statuses.split("|")[result.status];
    part("chapter").textContent = result.lead ? "" : result.chapter;
    part("owner").textContent = text("owner", result.owner);
    marked(part("title"), result.title, result.titleMarks);
    if (result.excerpt) {
      const {part: kind, text: passage, marks = []} = result.excerpt;
      const label = {s: text("situation"), t: text("step")}[kind];
      if (label) {
        const name = document.createElement("b");
        name.textContent = label;
        part("text").append(name, " ");
      }
      const [start, end] = windowOf(passage, marks);
      if (start) part("text").append("… ");
      marked(part("text"), passage, marks, start, end);
      if (end < passage.length) part("text").append(" …");
    }
    for (const empty of link.querySelectorAll("span:empty")) empty.remove();
    return link;
  };

  /** Say how it went: how many, or what to do when there is nothing. */
  const tell = (place, query, total) => {
    const status = place.querySelector(".lp-search__status");
    const help = place.querySelector("[data-lp-search-none]");
    help.hidden = !query || total > 0;
    if (!query) status.textContent = status.dataset.begin;
    else if (total) status.textContent = text(total === 1 ? "foundOne" : "foundOther", total);
    else {
      status.textContent = text("none", query);
      help.querySelector(".lp-search__said").textContent = status.textContent;
    }
    status.classList.toggle("lp-hidden", Boolean(query) && !total);
  };

  // The dialogue.

  const parts = () => {
    const dialog = document.getElementById("lp-search");
    return {
      dialog,
      input: dialog.querySelector(".lp-search__input"),
      list: dialog.querySelector(".lp-search__results"),
      more: dialog.querySelector(".lp-search__more"),
      scroll: dialog.querySelector(".lp-search__scroll"),
    };
  };

  const choose = (option) => {
    const {input, list} = parts();
    for (const other of list.children) other.setAttribute("aria-selected", String(other === option));
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({block: "nearest"});
    } else input.removeAttribute("aria-activedescendant");
  };

  let asked = 0;
  const ask = async () => {
    const {dialog, input, list, more, scroll} = parts();
    const number = asked += 1;
    const query = input.value;
    let search;
    try {
      if (!globalThis.livingPolicySearch && query.trim()) dialog.querySelector(".lp-search__status").textContent = text("loading");
      search = await fetchIndex();
    } catch {
      dialog.querySelector(".lp-search__status").textContent = text("failed");
      return;
    }
    if (number !== asked) return;
    const {results, total} = query.trim() ? search(query, {limit: SHOWN}) : {results: [], total: 0};
    list.replaceChildren(...results.map((result, place) => {
      const option = hit(result);
      option.id = `lp-hit-${place}`;
      option.tabIndex = -1;
      option.setAttribute("role", "option");
      return option;
    }));
    input.setAttribute("aria-expanded", String(results.length > 0));
    more.hidden = total <= results.length;
    more.firstElementChild.textContent = text("more", total);
    more.firstElementChild.href = `${new URL(more.firstElementChild.dataset.lpSearchAll, root)}?q=${encodeURIComponent(query.trim())}`;
    choose(list.firstElementChild);
    scroll.scrollTop = 0;
    tell(dialog, query.trim(), total);
  };

  const open = () => {
    const {dialog, input} = parts();
    if (dialog.open) return;
    dialog.showModal();
    input.focus();
    input.select();
    ask();
  };

  const close = () => parts().dialog.close();

  const onKey = (event) => {
    const {list} = parts();
    const options = [...list.children];
    const place = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step && options.length) choose(options[(place + step + options.length) % options.length]);
    else if (event.key === "Enter") options[place]?.click();
    else return;
    event.preventDefault();
  };

  /** The header stays when instant navigation changes the page: it is made ready once. */
  const prepare = () => {
    const {dialog, input} = parts();
    if (dialog.dataset.ready) return;
    dialog.dataset.ready = "true";
    for (const link of dialog.querySelectorAll("[data-lp-from-root]")) link.href = new URL(link.dataset.lpFromRoot, root);
    input.addEventListener("input", ask);
    input.addEventListener("keydown", onKey);
    dialog.addEventListener("submit", (event) => event.preventDefault());
    dialog.addEventListener("click", (event) => {
      // A click on the dialogue itself is one beside what is in it.
      if (event.target === dialog || event.target.closest("[data-lp-search-close], a[href]")) close();
    });
  };

  // The page.

  const list = async () => {
    const form = document.querySelector("[data-lp-search-page]");
    if (!form || form.dataset.ready) return;
    form.dataset.ready = "true";
    const place = form.parentElement;
    const input = form.querySelector("input");
    place.append(parts().dialog.querySelector("[data-lp-search-none]").cloneNode(true));
    for (const note of place.querySelectorAll("[data-lp-without-script]")) note.hidden = true;
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    const show = async () => {
      const query = input.value.trim();
      const search = await fetchIndex();
      if (query !== input.value.trim()) return;
      const {results, total} = query ? search(query, {limit: LISTED, least: 0.05}) : {results: [], total: 0};
      place.querySelector(".lp-search__list").replaceChildren(...results.map((result) => {
        const item = document.createElement("li");
        item.append(hit(result));
        return item;
      }));
      tell(place, query, total);
    };
    input.addEventListener("input", async () => {
      const query = input.value.trim();
      history.replaceState(history.state, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
      await show();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    try {
      await show();
    } catch {
      place.querySelector(".lp-search__status").textContent = text("failed");
    }
  };

  // Every page.

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-lp-search]")) open();
  });
  document.addEventListener("pointerover", (event) => {
    if (event.target.closest?.("[data-lp-search]")) fetchIndex().catch(() => {});
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const wanted = (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey)
      || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey);
    if (!wanted || document.querySelector("dialog[open]:not(#lp-search)")) return;
    event.preventDefault();
    open();
  });

  const begin = () => {
    if (!control()) return;
    prepare();
    for (const button of document.querySelectorAll("[data-lp-search]")) button.hidden = false;
    list();
  };

  // With instant navigation the theme tells of each new page; without it this one is all there is.
  if (typeof document$ !== "undefined") document$.subscribe(begin);
  else begin();
})();
