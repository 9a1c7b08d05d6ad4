// The form of the self-assessment: counts, keeps a draft in this browser, and writes a file. It sends nothing.
// Without this script the form is a paper form; src/livingpolicy/scoring.py counts by the same rules (tested).
(() => {
  "use strict";

  /** A group's mean as a fraction: {sum, count}. Whole numbers only, so that no border is ever missed. */
  const means = (groups, answers) => groups.map(({id, statements}) => {
    const given = statements.map((name) => answers[name]).filter(Boolean).map(Number);
    return {id, sum: BigInt(given.reduce((all, one) => all + one, 0)), count: BigInt(given.length)};
  });

  /** The sum of the means as a fraction: {over, under}; null when a group has none. */
  const totalOf = (found) => {
    if (found.some(({count}) => !count)) return null;
    return found.reduce(
      ({over, under}, {sum, count}) => ({over: over * count + sum * under, under: under * count}),
      {over: 0n, under: 1n},
    );
  };

  /** In tenths as it is shown: rounded, half up, but never up to a border that was not reached. */
  const tenths = (over, under, borders) => {
    const rounded = (20n * over + under) / (2n * under);
    return borders.some((border) => over < border * under && rounded >= 10n * border) ? rounded - 1n : rounded;
  };

  const quoted = (name) => `"${name}"`;

  const policyDay = () => {
    const timeZone = document.querySelector("[data-timezone]")?.dataset.timezone;
    const parts = new Intl.DateTimeFormat("en-GB", {timeZone, year: "numeric", month: "2-digit", day: "2-digit"})
      .formatToParts(new Date());
    const of = (type) => parts.find((part) => part.type === type).value;
    return `${of("year")}-${of("month")}-${of("day")}`;
  };

  const start = (form) => {
    const all = (selector, root = form) => [...root.querySelectorAll(selector)];
    const one = (selector, root = form) => root.querySelector(selector);
    const message = (name, values = {}) => Object.entries(values).reduce(
      (text, [key, value]) => text.replace(`{${key}}`, value), one(`[data-message="${name}"]`).textContent,
    );
    const borders = (name) => form.dataset[name].split(" ").map(BigInt);
    const totalBorders = borders("totalBorders");
    const meanBorders = borders("meanBorders");
    const shown = (number) => `${number / 10n}${form.dataset.decimal}${number % 10n}`;
    const questions = all("[data-statement]");
    const key = `livingpolicy.assessment.${location.pathname}.${form.dataset.version}`;
    let complete = false;

    const manages = () => one("[data-role]:checked")?.value === "management";
    const asked = () => questions.filter((box) => manages() || !("management" in box.dataset));
    const touched = (box) => one("input:checked", box);
    const groups = () => all("[data-group]").map((section) => ({
      id: section.dataset.group,
      name: one("h2", section).lastChild.textContent.trim(),
      statements: asked().filter((box) => section.contains(box)).map((box) => box.dataset.statement),
    }));
    const answers = () => Object.fromEntries(
      asked().map((box) => [box.dataset.statement, touched(box)?.value]).filter(([, answer]) => answer),
    );
    const signs = () => all("[data-sign]:checked").map((box) => box.value);

    const say = (text) => {
      one("[data-say]").textContent = text;
    };

    const yaml = () => {
      const given = answers();
      const lines = Object.entries(given).map(([name, answer]) => `      ${quoted(name)}: ${answer}`);
      return [
        form.dataset.remark,
        `questionnaire: ${form.dataset.version}`,
        `answered_on: ${policyDay()}`,
        "respondents:",
        "  - answers:",
        ...lines,
        `    signs: [${signs().map(quoted).join(", ")}]`,
        "",
      ].join("\n");
    };

    // The draft

    const keep = () => {
      const draft = {
        role: manages() ? "management" : "staff",
        answers: Object.fromEntries(
          questions.filter(touched).map((box) => [box.dataset.statement, touched(box).value]),
        ),
        signs: signs(),
      };
      try {
        if (Object.keys(draft.answers).length || draft.signs.length) localStorage.setItem(key, JSON.stringify(draft));
        else localStorage.removeItem(key);
      } catch {
        say(message("unsaved"));
      }
    };

    const restore = () => {
      let draft = null;
      try {
        draft = JSON.parse(localStorage.getItem(key));
      } catch {
        return;
      }
      if (!draft) return;
      for (const box of all("[data-role]")) box.checked = box.value === draft.role;
      for (const box of questions) {
        for (const input of all("input", box)) input.checked = input.value === draft.answers?.[box.dataset.statement];
      }
      for (const box of all("[data-sign]")) box.checked = draft.signs?.includes(box.value) ?? false;
      say(message("restored"));
    };

    const clear = () => {
      for (const input of all("input")) input.checked = input.matches("[data-role][value=staff]");
      try {
        localStorage.removeItem(key);
      } catch {
        // Nothing was kept.
      }
      complete = false;
      show();
      say(message("cleared"));
      one("h1").scrollIntoView();
    };

    // What is seen of it

    const showScore = (total) => {
      one("[data-scored]").hidden = !total;
      if (!total) return;
      const {over, under} = total;
      const [adequate, asset] = totalBorders;
      const band = over >= asset * under ? "asset" : over >= adequate * under ? "adequate" : "losing";
      one("[data-total]").textContent = shown(tenths(over, under, totalBorders));
      for (const text of all("[data-band]")) text.hidden = text.dataset.band !== band;
      const place = Number(1000n * (over - 7n * under) / (28n * under));
      one("[data-mark]").setAttribute("d", `M${place} 20l-12 -18h24z`);
    };

    const showGroups = (found) => {
      one("[data-groups]").hidden = found.every(({count}) => !count);
      for (const {id, sum, count} of found) {
        const row = one(`[data-score="${id}"]`);
        one("[data-mean]", row).textContent = count ? shown(tenths(sum, count, meanBorders)) : "–";
        one(".lp-means__mean", row).setAttribute("width", count ? Number(250n * (sum - count) / count) : 0);
        const weak = Boolean(count) && sum < meanBorders[0] * count;
        row.classList.toggle("lp-groups__weak", weak);
        one("[data-weak]", row).hidden = !weak;
      }
    };

    const show = () => {
      for (const box of questions) box.hidden = "management" in box.dataset && !manages();
      const parts = groups();
      const given = answers();
      const found = means(parts, given);
      const total = totalOf(found);
      const number = Object.keys(given).length;
      const seen = asked().filter(touched).length;
      const missing = parts.filter((_, place) => !found[place].count).map(({name}) => name);
      form.dataset.state = number || signs().length ? "filled" : "empty";
      showScore(total);
      showGroups(found);
      one("[data-waiting]").hidden = Boolean(total);
      one("[data-left]").textContent = number ? message("left", {groups: missing.join(", ")}) : "";
      one("[data-answered]").textContent = message("answered", {answered: number, count: asked().length});
      one("[data-hand-in]").hidden = !number;
      one("[data-yaml]").value = number ? yaml() : "";
      one("[data-progress]").max = asked().length;
      one("[data-progress]").value = seen;
      const text = one("[data-progress-text]");
      text.textContent = text.dataset.form.replace("{answered}", seen).replace("{count}", asked().length);
      one("[data-next]").hidden = seen === asked().length;
      one("[data-done]").hidden = seen !== asked().length;
      if (total && !complete) say(message("complete"));
      complete = Boolean(total);
    };

    // What people do

    const goTo = (box) => {
      const input = touched(box) ?? one("input", box);
      input.focus();
      input.scrollIntoView({block: "center"});
    };

    const typed = (event) => {
      const box = event.target.closest("[data-statement]");
      if (!box || event.ctrlKey || event.altKey || event.metaKey || !/^[0-5]$/.test(event.key)) return;
      event.preventDefault();
      one(`input[value="${event.key === "0" ? "" : event.key}"]`, box).checked = true;
      show();
      keep();
      const later = asked();
      goTo(later[later.indexOf(box) + 1] ?? box);
    };

    const download = () => {
      // A name that says nothing, and that two people do not share.
      const code = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([yaml()], {type: "application/yaml"}));
      link.download = `${form.dataset.file}-${code}.yml`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      say(message("downloaded"));
    };

    const copy = async () => {
      const text = one("[data-yaml]");
      try {
        await navigator.clipboard.writeText(text.value);
        say(message("copied"));
      } catch {
        text.focus();
        text.select();
        say(message("select"));
      }
    };

    const pressed = (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if ("next" in button.dataset) {
        const box = asked().find((each) => !touched(each));
        if (box) goTo(box);
      } else if ("clear" in button.dataset) {
        if (confirm(button.dataset.confirm)) clear();
      } else if ("download" in button.dataset) download();
      else if ("copy" in button.dataset) copy();
      else if ("print" in button.dataset) print();
    };

    for (const part of all("[data-needs-script]")) part.hidden = false;
    for (const part of all("[data-without-script]")) part.hidden = true;
    form.addEventListener("change", () => {
      say("");
      show();
      keep();
    });
    form.addEventListener("keydown", typed);
    form.addEventListener("click", pressed);
    restore();
    complete = Boolean(totalOf(means(groups(), answers())));
    show();
  };

  const begin = () => {
    const form = document.querySelector("[data-assessment]");
    if (!form || form.dataset.begun) return;
    form.dataset.begun = "true";
    start(form);
  };

  // With instant navigation the theme tells of each new page; without it this one is all there is.
  if (typeof document$ !== "undefined") document$.subscribe(begin);
  else begin();
})();
