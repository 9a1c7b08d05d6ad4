// A value that nobody has followed up loses its mark on the day it is too old, even if the site is not rebuilt.
// Without this script the mark of the day of the build stands, beside the period it is of.
(() => {
  "use strict";

  const today = (timeZone) => {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone, year: "numeric", month: "2-digit", day: "2-digit",
    }).formatToParts(new Date());
    const of = (type) => parts.find((part) => part.type === type).value;
    return `${of("year")}-${of("month")}-${of("day")}`;
  };

  const showStandings = () => {
    const timeZone = document.querySelector("[data-timezone]")?.dataset.timezone;
    if (!timeZone) return;
    const day = today(timeZone);
    for (const box of document.querySelectorAll("[data-stale-on]")) {
      const seen = day >= box.dataset.staleOn ? "stale" : "fresh";
      for (const word of box.querySelectorAll("[data-when]")) word.hidden = word.dataset.when !== seen;
    }
  };

  if (typeof document$ !== "undefined") document$.subscribe(showStandings);  // instant navigation
  else showStandings();
  setInterval(showStandings, 60_000);  // a page that is left open over midnight
})();
