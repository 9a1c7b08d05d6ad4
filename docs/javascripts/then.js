// The policy as it stood on a day: which wording of each section applied, and what differs between two days.
// compare.js does the comparing. Without these scripts the wordings stand in lists, month by month.
(() => {
  "use strict";

  // The days: as a script, because a page opened from a disk may run one but may fetch nothing.
  let fetched;
  const days = (address) => {
    fetched ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => resolve(globalThis.livingPolicyDays);
      script.onerror = () => {
        fetched = undefined;
        reject(new Error("days"));
      };
      document.head.append(script);
    });
    return fetched;
  };

  /** The page of a wording, to take nodes from. */
  const page = async (address) => {
    if (location.protocol === "file:") throw new Error("disk");
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!found.querySelector(".lp-edition")) throw new Error("page");
    return found;
  };

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  const inWords = (day) => {
    const locale = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
    return new Intl.DateTimeFormat(locale, {dateStyle: "long", timeZone: "UTC"}).format(new Date(`${day}T12:00:00Z`));
  };

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /** What tells a wording from others of its section: two may read alike. */
  const wording = (edition) => edition[4] ?? edition[0];

  /** The same rule as editions.py: the newest wording that had begun, unless it had ended. Days compare as text. */
  const on = (editions, day) => {
    const found = editions.find(([, since]) => since && since <= day);
    return found && (!found[2] || day < found[2]) ? found : null;
  };

  const begin = () => {
    const box = document.querySelector("[data-lp-then]");
    const form = box?.querySelector("form");
    if (!form || !form.hidden) return;
    days(box.dataset.lpThen).then((data) => {
      if (form.hidden) start(box, form, data);
    }, () => box.querySelector(".lp-then__answer").replaceChildren(make("p", {}, box.dataset.nothing)));
  };

  const start = (box, form, {chapters}) => {
    const words = box.dataset;
    const [first, second] = form.querySelectorAll("input");
    const answer = box.querySelector(".lp-then__answer");
    const told = answer.querySelector("[aria-live]");
    const sections = chapters.flatMap(([chapter, rows]) => rows.map(([id, title, editions]) => ({chapter, id, title, editions})));
    const turns = [...new Set(sections.flatMap(({editions}) => editions.flatMap(([, since, until]) => [since, until])))]
      .filter((day) => day && day <= first.max).sort();

    let section;  // what the address asks to unfold

    const address = ({id}, edition) => `${words.version}${id}/${edition[0]}.html`;

    const text = (row, edition) => {
      const place = make("div", {class: "lp-then__text"});
      const from = new URL(address(row, edition), location);
      page(from).then((found) => {
        for (const part of found.querySelectorAll(".lp-edition__facts, .lp-edition__body")) {
          for (const link of part.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), from);
          place.append(document.adoptNode(part));
        }
      }).catch(() => place.append(make("p", {}, words.unread)));
      return place;
    };

    const folded = (section, title, note, fill) => {
      const details = make("details", {"data-section": section.id}, make("summary", {}, title, ...(note ? [" ", make("small", {}, note)] : [])));
      details.addEventListener("toggle", () => {
        if (details.open && details.childElementCount === 1) details.append(...fill());
      });
      return details;
    };

    const list = (rows, draw) => {
      let chapter = "";
      for (const row of rows) {
        if (row.chapter !== chapter) answer.append(make("h3", {}, chapter = row.chapter));
        answer.append(draw(row));
      }
    };

    const counted = (key, count, values) => filled(words[key + (count === 1 ? "One" : "Other")], {count, ...values});

    const tell = (heading, sentence) => {
      told.replaceChildren(make("h2", {}, heading), make("p", {}, sentence));
      while (told.nextSibling) told.nextSibling.remove();  // it stays itself: what is put in again is not said aloud
    };

    const showDay = (day) => {
      const rows = sections.map((section) => ({...section, edition: on(section.editions, day)})).filter(({edition}) => edition);
      tell(filled(words.then, {day: inWords(day)}), counted("count", rows.length));
      list(rows, (row) => folded(row, row.edition[3] ?? row.title, "", () => {
        const link = make("a", {href: address(row, row.edition)}, words.open);
        return [make("div", {}, text(row, row.edition), make("p", {class: "lp-small"}, link))];
      }));
    };

    /** What the words of a difference are called: `data-diff-link` is {link: …}. */
    const said = Object.fromEntries(Object.entries(words).filter(([key]) => /^diff[A-Z]/.test(key))
      .map(([key, value]) => [key[4].toLowerCase() + key.slice(5), value]));

    const links = (row, sides) => make("ul", {class: "lp-then__links"}, ...sides
      .map(([day, edition]) => make("li", {}, make("a", {href: address(row, edition)}, filled(words.reads, {day: inWords(day)})))),
    make("li", {}, make("a", {href: words.changes + row.id + words.ending}, words.history)));

    /** What differs between the wordings of two days, word by word. */
    const net = (row, early, late) => {
      const place = make("div", {class: "lp-then__net", "aria-busy": "true"}, make("p", {class: "lp-small"}, words.fetching));
      const told = (what) => {
        place.replaceChildren(what);
        place.removeAttribute("aria-busy");
      };
      Promise.all([row.then, row.since].map((edition) => page(address(row, edition)))).then((pages) => {
        told(lpComparing.difference(...pages, said) ?? make("p", {}, words.alike));
      }).catch(() => told(make("p", {}, words.apart)));
      return make("div", {}, place, links(row, [[early, row.then], [late, row.since]]));
    };

    /** A section that applied on one of the days only: nothing to compare, but a text to read. */
    const single = (row, early, late) => {
      const [here, there] = row.then ? [early, late] : [late, early];
      const edition = row.then ?? row.since;
      return make("div", {}, make("p", {}, filled(words.absent, {day: inWords(there)})), text(row, edition), links(row, [[here, edition]]));
    };

    const showBoth = (one, other) => {
      const [early, late] = [one, other].sort();
      const rows = sections.map((section) => ({...section, then: on(section.editions, early), since: on(section.editions, late)}))
        .filter(({then, since}) => then?.[0] !== since?.[0]);
      const back = rows.filter(({then, since}) => then && since && wording(then) === wording(since));
      const differing = rows.filter((row) => !back.includes(row));
      const values = {first: inWords(early), second: inWords(late)};
      tell(`${values.first} – ${values.second}`, differing.length ? counted("differ", differing.length, values) : filled(words.same, values));
      if (differing.some(({then, since}) => then && since)) told.append(make("p", {class: "lp-small"}, filled(words.legend, values)));
      list(differing, (row) => {
        const edition = row.since ?? row.then;
        const note = row.then ? (row.since ? words.changed : words.went) : words.came;
        return folded(row, edition[3] ?? row.title, note, () => [(row.then && row.since ? net : single)(row, early, late)]);
      });
      if (back.length) {
        answer.append(make("p", {class: "lp-then__back"}, words.back), make("ul", {}, ...back.map((row) => (
          make("li", {}, make("a", {href: words.changes + row.id + words.ending}, row.since[3] ?? row.title))
        ))));
      }
    };

    const show = () => {
      if (!first.validity.valid || !first.value) return;
      const both = second.value && second.validity.valid && second.value !== first.value;
      if (both) showBoth(first.value, second.value);
      else showDay(first.value);
      for (const button of form.querySelectorAll("[data-lp-step]")) button.disabled = !next(button.dataset.lpStep);
      const hash = `#${first.value}${both ? `..${second.value}` : ""}${section ? `/${section}` : ""}`;
      if (location.hash !== hash && (location.hash || first.value !== first.max || both)) history.replaceState(history.state, "", hash);
    };

    const changed = () => {
      section = undefined;
      show();
    };

    const next = (step) => Number(step) < 0 ? turns.findLast((day) => day < first.value) : turns.find((day) => day > first.value);

    /** "#2025-03-31", "#2025-03-31..2026-01-01", "#2025-03-31.." (until today); "/svar-telefon" unfolds a section. */
    const asked = () => {
      const [, one, both, other, section] = /^#(\d{4}-\d\d-\d\d)(\.\.(\d{4}-\d\d-\d\d)?)?(?:\/([\w-]+))?$/.exec(location.hash) ?? [];
      if (one) first.value = one;
      if (both) second.value = other ?? second.max;
      return section;
    };

    const unfold = () => {
      const details = section && answer.querySelector(`details[data-section="${section}"]`);
      if (!details) return;
      details.open = true;
      details.querySelector("summary").focus({preventScroll: true});
      details.scrollIntoView();
    };

    for (const button of form.querySelectorAll("[data-lp-step]")) {
      button.onclick = () => {
        first.value = next(button.dataset.lpStep) ?? first.value;
        changed();
      };
    }
    form.onsubmit = (event) => event.preventDefault();
    first.onchange = second.onchange = changed;
    form.hidden = false;
    section = asked();
    show();
    unfold();
  };

  if (typeof document$ !== "undefined") document$.subscribe(begin);
  else begin();
})();
