// Finds the sections that answer a question. Knows the index that src/livingpolicy/search/ writes, and no page.
(() => {
  "use strict";

  const LETTERS = {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ł": "l", "\u00ad": ""};
  const LETTER = "[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}\u00ad]*";
  const GAP = "(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))";  // "3 000" is one number
  const WORD = new RegExp(`${LETTER}(?:(?:[-'’\u2010\u2011]|${GAP})${LETTER})*`, "gu");

  /** Small letters without dots or accents. The same as `folded` in words.py. */
  const folded = (text) => text.toLowerCase().replace(/[ßæøœđł\u00ad]/g, (char) => LETTERS[char])
    .normalize("NFD").replace(/\p{Mn}/gu, "");

  /** The words of what stands between two blanks; a hyphen also separates. The same as `words` in words.py. */
  const parts = (found) => {
    const pieces = folded(found).replace(/[ \u00a0\u202f]/g, "").split(/([-'’\u2010\u2011])/);
    if (pieces.length === 1) return pieces;
    const inner = pieces.filter((_, place) => place % 2 === 0);
    const whole = inner.join("");
    if (/^[0-9]+$/.test(whole)) return inner;
    if (pieces.some((piece) => piece === "'" || piece === "’")) return [whole];
    return [whole, ...inner.filter((piece) => piece.length > 1)];
  };

  /** Every word of a text with where it stands: [{start, end, words}]. */
  const cut = (text) => Array.from(text.matchAll(WORD), (match) => (
    {start: match.index, end: match.index + match[0].length, words: parts(match[0])}
  ));

  /** Whether one letter too many, too few, wrong or swapped with its neighbour makes the two the same. */
  const almost = (one, other) => {
    if (one.length > other.length) [one, other] = [other, one];
    if (other.length - one.length > 1) return false;
    let start = 0;
    while (start < one.length && one[start] === other[start]) start += 1;
    if (one.length < other.length) return one.slice(start) === other.slice(start + 1);
    if (one.slice(start + 1) === other.slice(start + 1)) return true;
    return one[start] === other[start + 1] && one[start + 1] === other[start]
      && one.slice(start + 2) === other.slice(start + 2);
  };

  // How much a word that is only like the one asked for counts, against the word itself.
  const STEM = 0.92, INFLECTED = 0.85, BEGINNING = 0.7, PART = 0.6, RELATED = 0.5, SYNONYM = 0.8, MISTYPED = 0.6;
  const COMPOUND = 0.8;  // a word that was only part of what was typed
  const SMALL = 0.12;  // "vad", "jag": they carry the question
  const FULL = 1.3;  // so much of a word, in units of the index, is half of what any number of them can give
  const KINDS = [1.05, 1.02, 1];  // promise, rule, guideline
  const STATUSES = [1, 0.6, 0.3];  // applies, upcoming, retired
  const PARTS = {p: 1.15, s: 1.25, t: 1.05, x: 1, m: 0.85};
  const ORDER = 0.5;  // words that follow each other as in the question
  const LEAST = 0.12;  // of the best score: what answers worse is not shown
  const LOOKED_INTO = 24;  // so many candidates are read passage by passage

  /** Return `search(query, {limit, least})` for what the index script holds. */
  const finder = (index) => {
    const forms = index.forms ? index.forms.split(" ") : [];
    const stems = index.stems.map((cutOff, id) => (
      typeof cutOff === "number" ? forms[id].slice(0, forms[id].length - cutOff) : cutOff
    ));
    const ids = new Map(forms.map((form, id) => [form, id]));
    const byStem = new Map();
    stems.forEach((stem, id) => byStem.has(stem) ? byStem.get(stem).push(id) : byStem.set(stem, [id]));
    const distinct = [...byStem.keys()];
    const endings = [...index.endings].sort((one, other) => one.length - other.length);
    const isEnding = new Set(["", ...endings]);
    const small = new Set(index.small);
    const count = index.entries.length;
    const alike = new Map();  // the words of a member, joined by blanks: the other members of its groups
    for (const group of index.alike) {
      for (const member of group) {
        const key = member.join(" ");
        alike.set(key, [...(alike.get(key) ?? []), ...group.filter((other) => other !== member)]);
      }
    }

    const known = (word) => ids.has(word) || byStem.has(word);

    /** The word and what is left of it without an ending, the longest first. */
    const bases = (word) => [word, ...endings.filter((ending) => word.endsWith(ending) && word.length - ending.length > 2)
      .map((ending) => word.slice(0, word.length - ending.length))];

    /** The stem that the policy has for a word in whatever inflection, or null. */
    const stemOf = (word) => {
      for (const base of bases(word)) {
        if (ids.has(base)) return stems[ids.get(base)];
        if (byStem.has(base)) return base;
      }
      return null;
    };

    /** [first, last) of the forms that begin with *start*. */
    const range = (start) => {
      const bound = (after) => {
        let low = 0, high = forms.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          const head = forms[middle].slice(0, start.length);
          if (head < start || (after && head === start)) low = middle + 1;
          else high = middle;
        }
        return low;
      };
      return [bound(false), bound(true)];
    };

    const isPart = (text) => text.length > 2 && known(text);

    /** How well *word* is a part of the compound *stem*, not its beginning: 0 if not at all. */
    const asPart = (word, stem, sure) => {
      const place = stem.indexOf(word, 2);
      if (place < 2) return 0;
      const left = stem.slice(0, place), right = stem.slice(place + word.length);
      const whole = index.links.some((link) => left.endsWith(link) && isPart(left.slice(0, left.length - link.length)));
      // A long word is seldom inside another by chance; a short one needs a known word before it.
      if (!whole && !(place > 2 && /[aeiouy]/.test(left) && word.length > (sure ? 4 : 3))) return 0;
      if (isEnding.has(right)) return PART;
      const goesOn = index.links.some((link) => right.startsWith(link) && isPart(right.slice(link.length)));
      return goesOn ? PART * 0.8 : 0;
    };

    const roots = (stem) => [stem, ...index.derivations.filter((end) => stem.endsWith(end) && stem.length - end.length > 4)
      .map((end) => stem.slice(0, stem.length - end.length))];

    /** Every form that is what *word* asks for: id -> how much it counts. *open*: it is still being typed;
        *sure*: it is not mistyped. */
    const related = (word, open, sure) => {
      const found = new Map();
      const add = (id, value) => {
        // "senast" is an inflection of "sen", but nobody means it.
        if (value < 1 && small.has(forms[id])) return;
        if (value > (found.get(id) ?? 0)) found.set(id, value);
      };
      const exact = ids.get(word);
      if (exact !== undefined) add(exact, 1);
      const stem = stemOf(word);
      if (stem !== null) for (const id of byStem.get(stem)) add(id, STEM);
      const digits = /^[0-9]+$/.test(word);
      const starts = new Set([word, ...(stem !== null && stem.length > 2 && !digits ? [stem] : [])]);
      for (const start of starts) {
        if (start.length < (open ? 2 : 3) || (digits && !open)) continue;
        const [first, last] = range(start);
        for (let id = first; id < last; id += 1) {
          const rest = forms[id].slice(start.length);
          if (isEnding.has(rest) && start.length > 2) add(id, INFLECTED);
          else if (open ? start === word : start.length > 3) add(id, BEGINNING * Math.sqrt(start.length / forms[id].length));
        }
      }
      if (digits) return found;
      if (index.links.length) {
        for (const start of new Set([stem ?? bases(word).at(-1), word])) {
          if (start.length < 3) continue;
          for (const other of distinct) {
            if (other.length > start.length + 1 && other.includes(start)) {
              const value = asPart(start, other, stem !== null);
              if (value) for (const id of byStem.get(other)) add(id, value);
            }
          }
        }
      }
      for (const root of roots(stem ?? word)) {
        if (root.length < 5) continue;
        const [first, last] = range(root);
        for (let id = first; id < last; id += 1) if (roots(stems[id]).includes(root)) add(id, RELATED);
      }
      for (const base of bases(word).slice(1)) {
        if (found.size || base.length < 4) break;
        const [first, last] = range(base);
        for (let id = first; id < last; id += 1) add(id, PART * Math.sqrt(base.length / forms[id].length));
      }
      if (!found.size && !sure && word.length > 4) {
        forms.forEach((form, id) => {
          if (form.length > 3 && almost(word, form)) add(id, MISTYPED);
          else if (form.length > word.length - 2 && word.length > 5) {
            for (const length of [word.length, word.length - 1, word.length + 1]) {
              if (form.length > length && almost(word, form.slice(0, length))) {
                add(id, MISTYPED * 0.8 * Math.sqrt(word.length / form.length));
              }
            }
          }
        });
        if (!found.size) {
          for (const base of bases(word).slice(1)) {
            if (base.length < 5 || found.size) continue;
            forms.forEach((form, id) => { if (almost(base, stems[id]) || almost(base, form)) add(id, MISTYPED * 0.8); });
          }
        }
      }
      return found;
    };

    /** Where those forms stand: entry -> weight. */
    const placed = (found) => {
      const weights = new Map();
      for (const [id, value] of found) {
        const places = index.places[id];
        let entry = 0;
        for (let step = 0; step < places.length; step += 2) {
          entry += places[step];
          weights.set(entry, (weights.get(entry) ?? 0) + value * places[step + 1] / index.scale);
        }
      }
      return weights;
    };

    const remembered = new Map();
    /** What one word of a question finds: {forms, entries}. */
    const one = (word, open, sure = false) => {
      const key = `${word}${open ? "*" : ""}${sure ? "!" : ""}`;
      if (!remembered.has(key)) {
        if (remembered.size > 500) remembered.clear();
        const found = related(word, open, sure);
        remembered.set(key, {forms: found, entries: placed(found)});
      }
      return remembered.get(key);
    };

    /** Take in what another way of saying it finds. */
    const widen = (term, words, value) => {
      const each = words.map((word) => one(word, false, true));
      for (const {forms: found} of each) {
        for (const [id, part] of found) term.forms.set(id, Math.max(term.forms.get(id) ?? 0, part * value));
      }
      const [first, ...others] = each;
      for (const [entry, weight] of first.entries) {
        const least = Math.min(weight, ...others.map(({entries}) => entries.get(entry) ?? 0));
        if (least) term.entries.set(entry, Math.max(term.entries.get(entry) ?? 0, least * value));
      }
    };

    /** A compound that the policy does not have, in the parts that it has: "fakturakopia", "förslagslåda". */
    const halves = (word) => {
      if (!index.links.length || word.length < 7 || stemOf(word) !== null || alike.has(word)) return [word];
      const isKnown = (part) => part.length > 2 && (stemOf(part) !== null || alike.has(part));
      let best = {value: 3, words: [word]};
      for (let place = 3; place <= word.length - 3; place += 1) {
        const right = word.slice(place);
        const head = isKnown(right) ? right.length : 0;
        for (const link of index.links) {
          const left = word.slice(0, place);
          if (!left.endsWith(link)) continue;
          const bare = left.slice(0, left.length - link.length);
          const start = bare.length > 2 && (known(bare) || alike.has(bare)) ? bare.length : 0;
          // Two known parts, however short the one, are better than a long one.
          const value = start && head ? 20 + Math.min(start, head) - link.length / 2 : Math.max(start, head);
          if (value > best.value) best = {value, words: [start ? bare : "", head ? right : ""].filter(Boolean)};
        }
      }
      return best.words;
    };

    /** The terms of a question: [{forms, entries, weight}]. */
    const read = (query) => {
      const typed = cut(query.normalize("NFC")).map(({words}) => words[0]);
      const open = !/\s$/.test(query);
      const tokens = [];
      const terms = [];
      typed.forEach((word, number) => {
        const typing = open && number === typed.length - 1;
        // What is still being typed, or is one slip away from a word, is no compound yet.
        const pieces = one(word, typing).entries.size ? [word] : halves(word);
        for (const piece of pieces) {
          const {forms: found, entries} = one(piece, typing && pieces.length === 1);
          tokens.push(piece);
          terms.push({
            forms: new Map(found), entries: new Map(entries),
            weight: small.has(piece) ? SMALL : piece === word ? 1 : COMPOUND,
          });
        }
      });
      for (let place = 0; place < tokens.length; place += 1) {
        // Two words that are one: "klagomåls blankett", "e post".
        const joined = place + 1 < tokens.length ? tokens[place] + tokens[place + 1] : "";
        if (joined && (stemOf(joined) !== null || alike.has(joined))) {
          for (const term of [terms[place], terms[place + 1]]) {
            widen(term, [joined], 1);
            for (const other of alike.get(joined) ?? []) widen(term, other, SYNONYM);
            term.weight = Math.max(term.weight, 0.6);
          }
        }
        for (let length = Math.min(3, tokens.length - place); length > 0; length -= 1) {
          const phrase = tokens.slice(place, place + length);
          const members = sayings(phrase);
          for (let inner = place; members.length && inner < place + length; inner += 1) {
            for (const member of members) widen(terms[inner], member, SYNONYM);
            if (length > 1) terms[inner].weight = Math.max(terms[inner].weight, 0.6);
          }
        }
      }
      return terms;
    };

    const saidIn = new Map();  // the members of groups by the bases of their words, for inflections of either
    for (const [key, others] of alike) {
      const bare = key.split(" ").map((word) => stemOf(word) ?? word).join(" ");
      saidIn.set(bare, [...(saidIn.get(bare) ?? []), ...others]);
    }
    const sayings = (phrase) => {
      const exact = alike.get(phrase.join(" "));
      if (exact) return exact;
      const bare = phrase.map((word) => stemOf(word) ?? word).join(" ");
      if (saidIn.has(bare)) return saidIn.get(bare);
      if (phrase.length > 1) return [];
      for (const base of bases(phrase[0]).slice(1)) if (alike.has(base)) return alike.get(base);
      return [];
    };

    const passagesOf = new Map();
    /** The passages of an entry, its title first: [{part, text, tokens}]; each token with the ids of its forms. */
    const opened = (number) => {
      if (!passagesOf.has(number)) {
        const [, title, , , , , written] = index.entries[number];
        passagesOf.set(number, [`h${title}`, ...written].map((text) => ({
          part: text[0],
          text: text.slice(1),
          tokens: cut(text.slice(1)).map(({start, end, words}) => (
            {start, end, ids: words.map((word) => ids.get(word)).filter((id) => id !== undefined)}
          )),
        })));
      }
      return passagesOf.get(number);
    };

    /** How well one passage answers, 0 to 1, and the words in it that do. */
    const heard = (passage, terms, whole) => {
      const best = new Array(terms.length).fill(0);
      const marks = [];
      let pairs = 0;
      let before = -2;  // the term that the word before is
      for (const {start, end, ids: own} of passage.tokens) {
        let strongest = 0;
        let next = -2;
        terms.forEach((term, place) => {
          const value = Math.max(0, ...own.map((id) => term.forms.get(id) ?? 0));
          if (value > best[place]) best[place] = value;
          if (value >= INFLECTED && (next < 0 || place === before + 1)) next = place;
          if (term.weight > SMALL || terms.every(({weight}) => weight <= SMALL)) strongest = Math.max(strongest, value);
        });
        if (strongest > 0.25) marks.push([start, end]);
        if (next === before + 1 && before >= 0) pairs += 1;
        before = next;
      }
      const sum = terms.reduce((total, term, place) => total + term.weight * term.rarity * best[place], 0);
      const inOrder = terms.length > 1 ? Math.min(1, pairs / (terms.length - 1)) : 0;
      return {value: whole ? sum / whole * (1 + ORDER * inOrder) : 0, marks};
    };

    /** Return {results: [{id, address, title, chapter, kind, owner, status, excerpt, …}], total}, best first. */
    return (query, {limit = 10, least = LEAST} = {}) => {
      const terms = read(query);
      const scores = new Map();
      let whole = 0;
      for (const term of terms) {
        const holders = [...term.entries.values()].reduce((total, weight) => total + Math.min(1, weight), 0);
        term.rarity = Math.log(1 + (count - holders + 0.5) / (holders + 0.5));
        if (!term.entries.size) continue;
        whole += term.weight * term.rarity;
        for (const [entry, weight] of term.entries) {
          const score = scores.get(entry) ?? {value: 0, covered: 0};
          score.value += term.weight * term.rarity * weight / (weight + FULL);
          score.covered += term.weight * term.rarity * Math.min(1, weight);
          scores.set(entry, score);
        }
      }
      const ranked = [...scores].map(([number, {value, covered}]) => {
        const [, , , kind, , status] = index.entries[number];
        return {number, score: value * (0.35 + 0.65 * Math.min(1, covered / whole)) * KINDS[kind] * STATUSES[status]};
      }).sort((one_, other) => other.score - one_.score || one_.number - other.number);
      const heardIn = new Map();
      for (const candidate of ranked.slice(0, LOOKED_INTO)) {
        const passages = opened(candidate.number).map((passage) => ({...passage, ...heard(passage, terms, whole)}));
        const [title, ...others] = passages;
        const worth = ({part, value, tokens}) => value * (PARTS[part] ?? 1) / (1 + tokens.length / 120);
        const best = others.reduce((top, passage) => worth(passage) > (top ? worth(top) : 0) ? passage : top, null);
        candidate.score *= 1 + 0.8 * Math.max(title.value * 1.3, best ? worth(best) : 0);
        heardIn.set(candidate.number, {title, excerpt: best ?? others[0] ?? null});
      }
      ranked.sort((one_, other) => other.score - one_.score || one_.number - other.number);
      const kept = ranked.filter(({score}) => score > ranked[0].score * least);
      return {
        total: kept.length,
        results: kept.slice(0, limit).map(({number, score}) => {
          const [id, title, chapter, kind, owner, status] = index.entries[number];
          const found = heardIn.get(number);
          const [name, page, chapterTitle] = index.chapters[chapter];
          return {
            id, title, kind, status, score,
            address: `${page}#${id}`,
            lead: id === name,
            chapter: chapterTitle,
            owner: index.owners[owner],
            titleMarks: found?.title.marks ?? [],
            excerpt: found ? found.excerpt : opened(number)[1] ?? null,
          };
        }),
      };
    };
  };

  globalThis.lpFinding = {finder, cut};
})();
