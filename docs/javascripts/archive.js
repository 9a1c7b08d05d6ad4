// Pages outside the generator's theme: light or dark as the reader has chosen it on the other pages.
(() => {
  "use strict";

  const root = new URL("..", document.currentScript.src).pathname;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const chosen = () => {
    try {
      const color = JSON.parse(localStorage.getItem(`${root}.__palette`))?.color;
      if (color && color.media !== "(prefers-color-scheme)") return color.scheme;
    } catch { /* no storage: as the computer is set */ }
    return dark.matches ? "slate" : "default";
  };

  const apply = () => document.documentElement.setAttribute("data-md-color-scheme", chosen());
  apply();
  dark.addEventListener("change", apply);
})();
