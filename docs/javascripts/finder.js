// What do I do when …: narrows the cards to what is typed, and opens the first with Enter.
// Without this script every card stands on the page and unfolds all the same.
(() => {
  "use strict";

  /** Without signs over letters, as people type in a hurry. */
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");

  const begin = () => {
    const finder = document.querySelector("[data-finder]");
    if (!finder || finder.dataset.ready) return;
    finder.dataset.ready = "true";
    const ask = finder.querySelector(".lp-finder__ask");
    const field = ask.querySelector("input");
    const told = ask.querySelector("[role=status]");
    const cards = [...finder.querySelectorAll(".lp-card")].map((card) => ({
      card,
      words: plain([...card.querySelectorAll(".lp-card__title, .lp-card__situation")].map((part) => part.textContent).join(" ")),
    }));
    ask.hidden = false;

    const show = () => {
      const wanted = plain(field.value).split(/\s+/).filter(Boolean);
      let found = 0;
      for (const {card, words} of cards) {
        card.hidden = !wanted.every((word) => words.includes(word));
        found += !card.hidden;
      }
      for (const chapter of finder.querySelectorAll(".lp-finder__chapter")) {
        chapter.hidden = !chapter.querySelector(".lp-card:not([hidden])");
      }
      if (!wanted.length) told.textContent = "";
      else if (!found) told.textContent = told.dataset.none;
      else told.textContent = found === 1 ? told.dataset.one : told.dataset.other.replace("%", found);
    };

    field.addEventListener("input", show);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && field.value) {
        field.value = "";
        show();
        event.preventDefault();
      }
      if (event.key !== "Enter" && event.key !== "ArrowDown") return;
      const first = cards.find(({card}) => !card.hidden)?.card;
      if (!first) return;
      event.preventDefault();
      const way = first.querySelector("summary, a");
      if (event.key === "Enter" && field.value.trim()) {
        if (first instanceof HTMLDetailsElement) first.open = true;
        else return way.click();
      }
      way.focus();
    });

    // A link to a card opens it, also one that is followed on the page itself.
    const open = () => {
      const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (named instanceof HTMLDetailsElement) named.open = true;
    };
    addEventListener("hashchange", open);
    open();
  };

  if (window.document$) window.document$.subscribe(begin);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
