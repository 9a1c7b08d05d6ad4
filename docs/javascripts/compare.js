// What differs between two wordings of a section, word by word, as the build tells it from one change to the next.
// Reads pages that the build has written and makes nodes; no text ever becomes markup.
(() => {
  "use strict";

  const MOST = 4_000_000;  // pairs of words: above, what is not the same at both ends has been replaced
  const MOST_LIKENESSES = 40_000;  // pairs of blocks that are held against one another
  const ALIKE = 0.4;  // of their words: less, and the one is gone and the other new
  const LEGIBLE = [0, 0.22, 0.22, 0.4, 0.5];  // the same rule as words.py: by the number of changes
  const MOVED = 4;  // words: what is shorter is written twice without having been moved
  const LINK = "\u0002";  // begins a word that is no text: where the link before it leads

  // Words. A word carries the blank before it, so that words put together are the text again.

  const NUMBER = "(?:\\d{1,3}(?: \\d{3})+(?!\\d)(?:,\\d+)?|\\d+(?:[.,:]\\d+)*)";
  const AMOUNT = `\\d{4}-\\d\\d-\\d\\d(?!\\d)|${NUMBER}(?: ?[-–] ?${NUMBER})?(?: ?%)?`;
  const LETTER = "[\\p{L}\\p{N}\\p{M}_]";
  const WORD = new RegExp(` ?(?:(?:${AMOUNT})${LETTER}*|${LETTER}+(?:[-’'‐‑]${LETTER}+)*|[^ ])`, "gu");

  /** "Högst 1 000 kr." is [" Högst", " 1 000", " kr", "."]. */
  const tokens = (text) => ` ${text.replace(/\u00ad/g, "").replace(/[\u0000-\u001f\s]+/g, " ").trim()}`.match(WORD) ?? [];

  /** Code as it stands: no blank in it is form. */
  const literal = (text) => text.replace(/[\u0000-\u0008]/g, "").match(/\n|[^\S\n]+|[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu) ?? [];

  /** How much a word says about whether two sentences are the same. */
  const weight = (token) => {
    if (token.startsWith(LINK) || !/[\p{L}\p{N}]/u.test(token)) return 0.1;
    return /\p{N}/u.test(token) || token.trim().length > 3 ? 1 : 0.4;
  };

  const weights = (words) => words.reduce((sum, token) => sum + weight(token), 0);

  /**
   * The pairs [i, j] that give most together, both always growing. `worth` is 0 for what does not belong together;
   * what is the same at both ends is paired without asking.
   */
  const paired = (first, second, same, worth, most = MOST) => {
    let head = 0, tail = 0;
    const shorter = Math.min(first.length, second.length);
    while (head < shorter && same(first[head], second[head])) head += 1;
    while (tail < shorter - head && same(first.at(-1 - tail), second.at(-1 - tail))) tail += 1;
    const rows = first.length - head - tail, columns = second.length - head - tail;
    const found = [];
    for (let place = 0; place < head; place += 1) found.push([place, place]);
    if (rows * columns <= most) {
      const turns = new Uint8Array(rows * columns);  // 0 pair them, 1 leave the first out, 2 the second
      let below = new Float64Array(columns + 1);
      for (let i = rows - 1; i >= 0; i -= 1) {
        const row = new Float64Array(columns + 1);
        for (let j = columns - 1; j >= 0; j -= 1) {
          const gain = worth(first[head + i], second[head + j]);
          const both = gain > 0 ? gain + below[j + 1] : -1;
          const best = Math.max(both, below[j], row[j + 1]);
          turns[i * columns + j] = best === both ? 0 : best === below[j] ? 1 : 2;
          row[j] = best;
        }
        below = row;
      }
      for (let i = 0, j = 0; i < rows && j < columns;) {
        const turn = turns[i * columns + j];
        if (turn === 0) found.push([head + i, head + j]);
        if (turn !== 2) i += 1;
        if (turn !== 1) j += 1;
      }
    }
    for (let place = tail; place > 0; place -= 1) found.push([first.length - place, second.length - place]);
    return found;
  };

  const identical = (one, other) => one === other;
  const gained = (one, other) => (one === other ? weight(one) : 0);

  /** Stretches [{equal, before, after}] of words, kinds alternating, from the beginning to the end. */
  const stretches = (before, after) => {
    const found = [];
    const add = (equal, old, now) => {
      if (!old.length && !now.length) return;
      const last = found.at(-1);
      if (last?.equal === equal) {
        last.before.push(...old);
        last.after.push(...now);
      } else {
        found.push({equal, before: [...old], after: [...now]});
      }
    };
    let i = 0, j = 0;
    for (const [one, other] of [...paired(before, after, identical, gained), [before.length, after.length]]) {
      add(false, before.slice(i, one), after.slice(j, other));
      if (one < before.length) add(true, [before[one]], [after[other]]);
      i = one + 1;
      j = other + 1;
    }
    // No confetti: a small word that is left alone between two replacements has been replaced with them.
    const replaces = (part) => part && !part.equal && part.before.length > 0 && part.after.length > 0;
    const size = (part) => Math.max(part.before.length, part.after.length);
    const sunk = (part, place) => {
      const left = found[place - 1], right = found[place + 1];
      if (!part.equal || !left || !right) return false;
      const worth = weights(part.before);
      if (!replaces(left) || !replaces(right)) return worth <= 0.1 && (replaces(left) || replaces(right));
      return worth <= 0.5 || (worth <= 1.5 && worth < Math.min(size(left), size(right)) / 2);
    };
    const islands = found.map(sunk);
    const parts = found.splice(0);
    parts.forEach((part, place) => add(part.equal && !islands[place], part.before, part.after));
    return found;
  };

  // Units {key, words} of which one list is laid against another: sentences, blocks, rows, columns.

  const unit = (words) => ({key: words.join(""), words});

  /** 0 nothing in common, 1 the same words in any order. */
  const likeness = (one, other) => {
    for (const unit of [one, other]) {
      unit.bag ??= unit.words.reduce((bag, token) => bag.set(token.trim(), (bag.get(token.trim()) ?? 0) + 1), new Map());
      unit.weight ??= weights(unit.words);
    }
    let common = 0;
    for (const [word, count] of one.bag) common += weight(word) * Math.min(count, other.bag.get(word) ?? 0);
    return 2 * common / (one.weight + other.weight || 1);
  };

  const alike = (one, other) => {
    const found = likeness(one, other);
    return found >= ALIKE ? found : 0;
  };

  /** Both in one reading order: [[i, j]], one of them null where the other stands alone. */
  const laid = (before, after, like) => {
    const same = (one, other) => one.key === other.key;
    const exact = paired(before, after, same, (one, other) => (same(one, other) ? 1 + one.words.length : 0));
    const found = [];
    let i = 0, j = 0;
    for (const [one, other] of [...exact, [before.length, after.length]]) {
      const olds = before.slice(i, one), news = after.slice(j, other);
      let old = 0, now = 0;
      const alone = (endOld, endNow) => {
        for (; old < endOld; old += 1) found.push([i + old, null]);
        for (; now < endNow; now += 1) found.push([null, j + now]);
      };
      for (const [this_, that] of paired(olds, news, () => false, like, MOST_LIKENESSES)) {
        alone(this_, that);
        found.push([i + this_, j + that]);
        old = this_ + 1;
        now = that + 1;
      }
      alone(olds.length, news.length);
      if (one < before.length) found.push([one, other]);
      i = one + 1;
      j = other + 1;
    }
    return found;
  };

  const sentences = (words) => {
    const found = [];
    words.forEach((word, place) => {
      const begins = /^ [\p{Lu}\p{N}”"(]/u.test(word) && /[.!?…]$/.test(words[place - 1]);
      if (begins || !found.length) found.push([word]);
      else found.at(-1).push(word);
    });
    return found.map(unit);
  };

  /** Runs of one sentence against another: as a whole where the single words could not be followed. */
  const ofSentence = (before, after) => {
    const parts = stretches(before, after);
    const common = parts.reduce((sum, part) => sum + (part.equal ? weights(part.before) : 0), 0);
    const share = 2 * common / (weights(before) + weights(after) || 1);
    const changes = parts.filter((part) => !part.equal).length;
    const legible = share >= LEGIBLE[Math.min(changes, LEGIBLE.length - 1)];
    return (legible ? parts : [{equal: false, before, after}]).flatMap((part) => (
      part.equal ? [{mark: "equal", words: part.after}]
        : [{mark: "deleted", words: part.before}, {mark: "inserted", words: part.after}]
    ));
  };

  /**
   * Runs [{mark, words}] of "equal", "deleted" and "inserted" words: without the inserted ones they are the words
   * before, without the deleted ones those after.
   */
  const runs = (before, after) => {
    const [olds, news] = [sentences(before), sentences(after)];
    const places = olds.length === 1 && news.length === 1 ? [[0, 0]] : laid(olds, news, alike);
    const found = [];
    for (const {mark, words} of places.flatMap(([i, j]) => ofSentence(olds[i]?.words ?? [], news[j]?.words ?? []))) {
      if (!words.length) continue;
      if (found.at(-1)?.mark === mark) found.at(-1).words.push(...words);
      else found.push({mark, words: [...words]});
    }
    return found;
  };

  // Blocks: {shape, level, words} or, for a table, {shape: "table", rows: [[words]]}.

  const wordsOf = (block) => (block.rows ? block.rows.flat(2) : block.words);

  const keyed = (block) => {
    const kind = block.rows ? "table" : block.shape === "code" ? "code" : "text";
    return {block, kind, key: kind + (block.rows ? JSON.stringify(block.rows) : block.words.join("")), words: wordsOf(block)};
  };

  const blocksAlike = (one, other) => (one.kind === other.kind ? alike(one, other) : 0);

  /** Parts {before, after, equal, moved}; what stands on either side alone in the same words has moved. */
  const withMoves = (places, before, after) => {
    const gone = new Map();
    for (const [i, j] of places) if (j === null && before[i].kind === "text" && before[i].words.length >= MOVED) gone.set(before[i].key, i);
    const came = new Set(places.filter(([i, j]) => i === null && gone.has(after[j].key)).map(([, j]) => after[j].key));
    return places.map(([i, j]) => {
      const moved = j === null ? gone.get(before[i].key) === i && came.has(before[i].key) : i === null && came.has(after[j].key);
      return {before: before[i]?.block, after: after[j]?.block, moved, equal: i !== null && j !== null && before[i].key === after[j].key};
    });
  };

  /** What of a list is kept: every change with its neighbours; a number stands for so many that are left out. */
  const trimmed = (parts, around = 1) => {
    const headings = parts.map((part) => (part.after ?? part.before)?.shape === "heading");
    const keep = parts.map((_, place) => parts.slice(Math.max(place - around, 0), place + around + 1).some((part) => !part.equal));
    parts.forEach((part, place) => {
      const heading = part.equal ? -1 : headings.lastIndexOf(true, place);
      if (heading >= 0) keep[heading] = true;
    });
    const found = [];
    parts.forEach((part, place) => {
      if (keep[place]) found.push(part);
      else if (typeof found.at(-1) === "number") found.push(found.pop() + 1);
      else found.push(1);
    });
    return found;
  };

  /** Two tables by column and by row: {headings: [[old, now]], rows: [{cells: [[old, now]], equal}]}. */
  const tables = (before, after) => {
    const heads = [before, after].map(({rows}) => (rows[0] ?? []).map(unit));
    const sameWidth = heads[0].length === heads[1].length;
    const columns = laid(...heads, (one, other) => likeness(one, other) || (sameWidth && heads[0].indexOf(one) === heads[1].indexOf(other) ? 0.1 : 0));
    const shared = columns.filter(([i, j]) => i !== null && j !== null);
    const told = (row, side) => {
      const cells = shared.map((pair) => row[pair[side]] ?? []);
      return {key: JSON.stringify(cells), name: cells[0]?.join("") ?? "", words: cells.flat()};
    };
    const rows = [before, after].map((table, side) => table.rows.slice(1).map((row) => told(row, side)));
    const like = (one, other) => alike(one, other) + (one.name && one.name === other.name ? 1 : 0);
    const cells = (i, j) => columns.map(([old, now]) => [
      i === null || old === null ? [] : before.rows[i][old] ?? [], j === null || now === null ? [] : after.rows[j][now] ?? [],
    ]);
    const differ = (row) => row.some(([old, now]) => old.join("") !== now.join(""));
    return {
      headings: cells(0, 0),
      rows: laid(...rows, like).map(([i, j]) => {
        const row = cells(i === null ? null : i + 1, j === null ? null : j + 1);
        return {cells: row, equal: !differ(row)};
      }),
    };
  };

  const filled = (text, value) => text.replace(/\{\w+\}/, () => value);

  // Reading a page.

  const BLOCKS = new Set("ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DETAILS DIV DL DT FIGCAPTION FIGURE H1 H2 H3 H4 H5 H6 HR LI OL P PRE SECTION SUMMARY TABLE UL".split(" "));

  /** Where a link leads, as a reader would say it: without the way up from this page. */
  const place = (href) => href.replace(/^(?:\.\.?\/)+/, "").replace(/(^|\/)index\.html(?=#|$)/, "$1");

  /** The words of a node, with what is no text in its place: where links lead, and which pictures stand there. */
  const wordsIn = (nodes, said) => {
    const found = [];
    let text = "";
    const flush = () => {
      const [first, ...rest] = tokens(text);
      if (first) found.push(found.length && !/^\s/.test(text) ? first.slice(1) : first, ...rest);
      text = /\s$/.test(text) ? " " : "";
    };
    const read = (node) => {
      if (node.nodeType === Node.TEXT_NODE) text += node.data;
      else if (node.nodeType !== Node.ELEMENT_NODE || node.matches("script, style, template, .headerlink")) return;
      else if (node.localName === "br") text += " ";
      else if (node.localName === "img") text += ` (${filled(said.image, node.alt || place(node.getAttribute("src") ?? ""))})`;
      else if (node.localName === "svg") text += ` ${node.getAttribute("aria-label") ?? node.querySelector("title")?.textContent ?? ""} `;
      else {
        node.childNodes.forEach(read);
        const href = node.localName === "a" && node.getAttribute("href");
        if (!href) return;
        flush();
        found.push(LINK + place(href));
      }
    };
    nodes.forEach(read);
    flush();
    return found;
  };

  /** The blocks of a page's text in reading order; those that show no words are left out. */
  const blocks = (root, said) => {
    const found = [];
    const add = (block) => {
      if (block.rows || block.words.some((word) => !word.startsWith(LINK))) found.push(block);
    };
    const walk = (parent, shape, level) => {
      let inline = [], first = true;
      const close = () => {
        const words = wordsIn(inline, said);
        const kind = shape === "item" && !first ? "paragraph" : shape;
        if (words.length) first = false;
        add({shape: kind, level, words});
        inline = [];
      };
      for (const node of parent.childNodes) {
        if (!BLOCKS.has(node.nodeName)) {
          inline.push(node);
          continue;
        }
        close();
        const inside = shape === "item" && !first ? "paragraph" : shape;
        if (node.nodeName === "TABLE") {
          add({shape: "table", rows: [...node.rows].map((row) => [...row.cells].map((cell) => wordsIn([cell], said)))});
        } else if (node.nodeName === "PRE") {
          add({shape: "code", level: 0, words: literal(node.textContent.replace(/^\n+|\n+$/g, ""))});
        } else if (/^H\d$/.test(node.nodeName)) {
          add({shape: "heading", level: Number(node.nodeName[1]), words: wordsIn([node], said)});
        } else if (node.nodeName === "LI") {
          walk(node, "item", level);
        } else if (node.nodeName === "UL" || node.nodeName === "OL") {
          walk(node, "paragraph", level + 1);
        } else if (node.nodeName === "BLOCKQUOTE") {
          walk(node, "quote", level);
        } else {
          walk(node, inside, level);
          first = false;
        }
      }
      close();
    };
    if (root) walk(root, "paragraph", 0);
    return found;
  };

  /** What stands above the text, by its name: the promise, the steps, the owner. */
  const facts = (page, said) => new Map(Array.from(page.querySelectorAll(".lp-edition__facts dt"), (name) => {
    const lines = [];
    for (let next = name.nextElementSibling; next?.localName === "dd"; next = next.nextElementSibling) {
      const items = next.querySelectorAll("li");
      for (const line of items.length ? items : [next]) lines.push({shape: "fact", level: 0, words: wordsIn([line], said)});
    }
    return [name.textContent.trim(), lines];
  }));

  // Drawing, in the elements and classes of render/diff_html.py.

  const make = (name, kind, ...children) => {
    const element = document.createElement(name);
    if (kind) element.className = kind;
    element.append(...children);
    return element;
  };

  const MARKS = {deleted: ["del", "lp-diff__del"], inserted: ["ins", "lp-diff__ins"]};

  /** The nodes of two lists of words laid against one another. `exact`: blanks are words (code). */
  const drawn = (before, after, said, exact = false) => {
    const found = document.createDocumentFragment();
    const whole = !before.length || !after.length;
    let last = {mark: "", text: ""};
    const draw = (mark, text) => {
      if (!text) return;
      const blank = !exact && text.startsWith(" ");
      const shown = blank ? text.slice(1) : text;
      // A blank helps the reader between what is gone and what came, though the text has none.
      const apart = last.mark === "deleted" && mark === "inserted" && /[\p{L}\p{N}]$/u.test(last.text) && /^[\p{L}\p{N}]/u.test(shown);
      if ((blank && found.hasChildNodes()) || apart) found.append(" ");
      const [name, kind] = MARKS[mark] ?? [];
      found.append(name ? make(name, kind, make("span", "lp-hidden", `${said[mark]} `), shown) : shown);
      last = {mark, text: shown};
    };
    for (const {mark, words} of runs(before, after)) {
      let text = "";
      for (const word of words) {
        if (!word.startsWith(LINK)) {
          text += word;
        } else if (mark !== "equal" && !whole) {
          draw(mark, text);
          draw(mark, ` (${filled(said.link, word.slice(1))})`);
          text = "";
        }
      }
      draw(mark, text);
    }
    return found;
  };

  const plain = (words) => words.filter((word) => !word.startsWith(LINK)).join("").trim();
  const note = (text) => make("span", "lp-diff__note", text);
  const gap = (count, said) => make("span", "lp-diff__gap", `… ${filled(said[count === 1 ? "unchangedOne" : "unchangedOther"], count)}`);
  const left = (words, said) => {
    const text = plain(words);
    return make("span", "lp-diff__left", `(${said.movedAway} ${text.length > 40 ? `${text.slice(0, 40).replace(/\s+\S*$/, "")} …` : text})`);
  };

  const drawnTable = (part, said) => {
    const none = {rows: [(part.after ?? part.before).rows[0] ?? []].map((row) => row.map(() => []))};
    const {headings, rows} = tables(part.before ?? none, part.after ?? none);
    const cell = (pair) => drawn(...pair, said);
    const names = headings.map(([old, now]) => plain(now.length ? now : old));
    const table = make("table", "lp-table lp-diff__table", make("thead", "", make("tr", "", ...headings.map((pair) => {
      const head = make("th", "", cell(pair));
      head.scope = "col";
      return head;
    }))), make("tbody"));
    const shown = part.before && part.after ? trimmed(rows, 0) : rows;
    for (const row of shown) {
      const cells = typeof row === "number" ? [make("td", "", gap(row, said))] : row.cells.map((pair, column) => {
        const made = make("td", "", cell(pair));
        if (made.textContent) made.dataset.label = names[column];
        return made;
      });
      if (typeof row === "number") cells[0].colSpan = headings.length;
      table.tBodies[0].append(make("tr", "", ...cells));
    }
    return table;
  };

  const drawnWords = (part, said) => {
    const {before, after, moved} = part;
    if (moved && !after) return left(wordsOf(before), said);
    const exact = (after ?? before).shape === "code";
    if (moved) return make("span", "lp-diff__moved", note(said.movedHere), " ", drawn(after.words, after.words, said, exact));
    return drawn(before?.words ?? [], after?.words ?? [], said, exact);
  };

  const FRAMES = {
    quote: (inner) => make("blockquote", "lp-diff__quote", make("p", "", inner)),
    code: (inner) => make("pre", "lp-diff__code", make("code", "", inner)),
    heading: (inner) => make("p", "lp-diff__heading", inner),
  };

  /** Append the parts to a box: list items that follow one another share a list. */
  const drawParts = (box, parts, said) => {
    let list;
    for (const part of parts) {
      const block = part.after ?? part.before;
      if (block?.shape === "item") {
        if (!list) box.append(list = make("ul", "lp-diff__list"));
        list.append(make("li", `lp-diff__item lp-diff__item--${block.level}`, drawnWords(part, said)));
        continue;
      }
      list = null;
      if (typeof part === "number") box.append(make("p", "", gap(part, said)));
      else if (block.rows && !part.moved) box.append(drawnTable(part, said));
      else box.append((FRAMES[block.shape] ?? ((inner) => make("p", "", inner)))(drawnWords(part, said)));
    }
  };

  const compared = (before, after) => {
    const units = [before, after].map((found) => found.map(keyed));
    return withMoves(laid(...units, blocksAlike), ...units);
  };

  const drawFact = (box, name, before, after, said) => {
    const one = before.length <= 1 && after.length <= 1;
    const parts = (one ? [{before: before[0], after: after[0]}] : compared(before, after))
      .filter((part) => (part.before && plain(part.before.words)) !== (part.after && plain(part.after.words)) || part.moved);
    if (!parts.length) return;
    const label = note(`${name}:`);
    const told = parts.map((part) => drawnWords(part, said));
    if (one) box.append(make("p", "lp-diff__fact", label, " ", ...told));
    else box.append(make("p", "lp-diff__fact", label), make("ul", "lp-diff__list", ...told.map((line) => make("li", "lp-diff__item", line))));
  };

  /** The difference between two pages of wordings as an element; null when every word is the same. */
  const difference = (before, after, said) => {
    const box = make("div", "lp-diff");
    const titles = [before, after].map((page) => wordsIn([...page.querySelectorAll("h1")].slice(0, 1), said));
    if (plain(titles[0]) !== plain(titles[1])) box.append(make("p", "lp-diff__title", note(said.title), " ", drawn(...titles, said)));
    const beside = [before, after].map((page) => facts(page, said));
    for (const name of new Set([...beside[1].keys(), ...beside[0].keys()])) {
      drawFact(box, name, ...beside.map((found) => found.get(name) ?? []), said);
    }
    const parts = compared(...[before, after].map((page) => blocks(page.querySelector(".lp-edition__body"), said)));
    if (parts.some((part) => !part.equal)) drawParts(box, trimmed(parts), said);
    return box.hasChildNodes() ? box : null;
  };

  globalThis.lpComparing = {tokens, runs, difference};
})();
