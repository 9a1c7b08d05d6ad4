// The policy as it stood on a day: which wording of each section applied, and what differs between two days.
// Without this script the same stands in lists, month by month.
(() => {
  "use strict";

  const read = (address) => fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(answer.status);
    return answer;
  });

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

  /** The same rule as editions.py: the newest wording that had begun, unless it had ended. Days compare as text. */
  const on = (editions, day) => {
    const found = editions.find(([, since]) => since && since <= day);
    return found && (!found[2] || day < found[2]) ? found : null;
  };

  const begin = () => {
    const box = document.querySelector("[data-lp-then]");
    const form = box?.querySelector("form");
    if (!form || !form.hidden) return;
    read(box.dataset.lpThen).then((answer) => answer.json()).then((data) => start(box, form, data), () => {});
  };

  const start = (box, form, {chapters}) => {
    const words = box.dataset;
    const [first, second] = form.querySelectorAll("input");
    const answer = box.querySelector(".lp-then__answer");
    const sections = chapters.flatMap(([chapter, rows]) => rows.map(([id, title, editions]) => ({chapter, id, title, editions})));
    const days = [...new Set(sections.flatMap(({editions}) => editions.flatMap(([, since, until]) => [since, until])))]
      .filter((day) => day && day <= first.max).sort();

    const text = ({id}, edition) => {
      const place = make("div", {class: "lp-then__text"});
      const done = () => place.dispatchEvent(new Event("lp:read", {bubbles: true}));
      const link = make("a", {href: `${words.version}${id}/${edition[0]}.html`}, words.open);
      read(link.href).then((found) => found.text()).then((html) => {
        const page = new DOMParser().parseFromString(html, "text/html");
        for (const part of page.querySelectorAll(".lp-edition__facts, .lp-edition__body")) {
          for (const inner of part.querySelectorAll("a[href]")) inner.href = new URL(inner.getAttribute("href"), link.href);
          place.append(document.adoptNode(part));
        }
      }).catch(() => place.append(words.nothing)).finally(() => {
        place.append(make("p", {class: "lp-small"}, link));
        done();
      });
      return place;
    };

    const folded = (section, title, note, fill) => {
      const details = make("details", {}, make("summary", {}, title, ...(note ? [" ", make("small", {}, note)] : [])));
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

    const showDay = (day) => {
      const rows = sections.map((section) => ({...section, edition: on(section.editions, day)})).filter(({edition}) => edition);
      answer.replaceChildren(make("h2", {}, filled(words.then, {day: inWords(day)})), make("p", {}, counted("count", rows.length)));
      list(rows, (row) => folded(row, row.edition[3] ?? row.title, "", () => [text(row, row.edition)]));
    };

    const column = (row, edition, day) => make("section", {}, make("h4", {}, inWords(day)), edition ? text(row, edition) : make("p", {}, words.absent));

    /** Mark every paragraph, item, row and line that the other column does not have in the same words. */
    const tellApart = (...columns) => {
      const parts = columns.map((found) => [...found.querySelectorAll("p:not(.lp-small), li, tr, dd:not(:has(ol)), h3, h4:not(section > h4)")]);
      const texts = parts.map((found) => new Set(found.map((part) => part.textContent.trim())));
      if (!texts.every(({size}) => size)) return;  // the other one is still on its way
      parts.forEach((found, side) => {
        for (const part of found) {
          if (texts[1 - side].has(part.textContent.trim()) || part.querySelector(".lp-then__differs")) continue;
          part.classList.add("lp-then__differs");
          const place = part.querySelector("td, th") ?? part;
          if (!place.querySelector(".lp-hidden")) place.prepend(make("span", {class: "lp-hidden"}, `${words.differs} `));
        }
      });
    };

    const showBoth = (one, other) => {
      const [early, late] = [one, other].sort();
      const rows = sections.map((section) => ({...section, then: on(section.editions, early), since: on(section.editions, late)}))
        .filter(({then, since}) => then?.[0] !== since?.[0]);
      const values = {first: inWords(early), second: inWords(late)};
      const told = rows.length ? counted("differ", rows.length, values) : filled(words.same, values);
      answer.replaceChildren(make("h2", {}, `${inWords(early)} – ${inWords(late)}`), make("p", {}, told));
      list(rows, (row) => {
        const edition = row.since ?? row.then;
        const note = row.then ? (row.since ? words.changed : words.went) : words.came;
        return folded(row, edition[3] ?? row.title, note, () => {
          const columns = [column(row, row.then, early), column(row, row.since, late)];
          const both = make("div", {class: "lp-then__both"}, ...columns);
          if (row.then && row.since) both.addEventListener("lp:read", () => tellApart(...columns));
          return [make("div", {}, make("p", {}, make("a", {href: words.changes + row.id + words.ending}, words.word)), both)];
        });
      });
    };

    const show = () => {
      if (!first.validity.valid || !first.value) return;
      const both = second.value && second.validity.valid && second.value !== first.value;
      if (both) showBoth(first.value, second.value);
      else showDay(first.value);
      for (const button of form.querySelectorAll("[data-lp-step]")) button.disabled = !next(button.dataset.lpStep);
      const hash = `#${first.value}${both ? `..${second.value}` : ""}`;
      if (location.hash !== hash && (location.hash || first.value !== first.max || both)) history.replaceState(history.state, "", hash);
    };

    const next = (step) => Number(step) < 0 ? days.findLast((day) => day < first.value) : days.find((day) => day > first.value);

    const asked = () => {
      const [, one, other] = /^#(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?$/.exec(location.hash) ?? [];
      if (one) first.value = one;
      if (other) second.value = other;
    };

    for (const button of form.querySelectorAll("[data-lp-step]")) {
      button.onclick = () => {
        first.value = next(button.dataset.lpStep) ?? first.value;
        show();
      };
    }
    form.onsubmit = (event) => event.preventDefault();
    first.onchange = second.onchange = show;
    form.hidden = false;
    asked();
    show();
  };

  if (typeof document$ !== "undefined") document$.subscribe(begin);
  else begin();
})();
