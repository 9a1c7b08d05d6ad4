// Where a poster's boxes are not where they should be, as sentences. Run in the page; returns a list.
() => {
  const faults = [];
  const root = document.querySelector(".lp-poster");
  const frame = root.getBoundingClientRect();
  const slack = Math.max(1, frame.height / 1000);
  const name = (node) =>
    node.nodeType === 3 ? JSON.stringify(node.textContent.trim()) : node.className.baseVal ?? (node.className || node.tagName);

  function rectangles(node) {
    if (node.nodeType === 1) return [node.getBoundingClientRect()];
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()];
  }

  const inside = (inner, outer) =>
    inner.left >= outer.left - slack && inner.right <= outer.right + slack &&
    inner.top >= outer.top - slack && inner.bottom <= outer.bottom + slack;

  const safe = {
    left: frame.left + 0.045 * frame.width, right: frame.right - 0.045 * frame.width,
    top: frame.top + 0.045 * frame.height, bottom: frame.bottom - 0.045 * frame.height,
  };

  // .lp-remarks begins outside its parent on purpose, to clip a dot (poster.css).
  const exempt = (element) => element.matches(".lp-spoken, .lp-remarks, .lp-sheet, .lp-poster");
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.nodeType === 3 ? node.parentElement : node;
    if (node.nodeType === 3 && !node.textContent.trim()) continue;
    if (element.closest(".lp-spoken, [hidden]") || !element.checkVisibility()) continue;
    if (node.nodeType === 1 && (exempt(node) || node.closest("svg") !== null && node.tagName !== "svg")) continue;
    if (getComputedStyle(element).display === "contents" && node.nodeType === 1) continue;
    for (const box of rectangles(node)) {
      if (node.nodeType === 1 && node.parentElement.matches(".lp-remarks")) continue; // its padding holds the dot
      if (!inside(box, safe)) faults.push(`${name(node)} leaves the safe area`);
      for (let outer = element; outer !== root; outer = outer.parentElement) {
        if (outer === node || exempt(outer) || getComputedStyle(outer).display === "contents") continue;
        if (getComputedStyle(outer).display === "inline") continue;
        if (!inside(box, outer.getBoundingClientRect())) faults.push(`${name(node)} leaves ${name(outer)}`);
      }
    }
  }

  const parts = [...root.querySelectorAll(
    ".lp-words li, .lp-vision, .lp-door__code, .lp-door__invitation, .lp-door__address, .lp-figure, .lp-text, " +
    ".lp-statement, .lp-value, .lp-remarks, .lp-signature, .lp-logo",
  )].filter((element) => element.checkVisibility());
  parts.forEach((one, index) => {
    const a = one.getBoundingClientRect();
    for (const other of parts.slice(index + 1)) {
      const b = other.getBoundingClientRect();
      const apart = a.right <= b.left + slack || b.right <= a.left + slack || a.bottom <= b.top + slack || b.bottom <= a.top + slack;
      if (!apart) faults.push(`${name(one)} ${one.textContent} overlaps ${name(other)} ${other.textContent}`);
    }
  });

  const figures = [...root.querySelectorAll(".lp-figure")].map((figure) => figure.getBoundingClientRect().bottom);
  const tops = [...root.querySelectorAll(".lp-promise:has(.lp-figure)")].map((cell) => cell.getBoundingClientRect().top);
  tops.forEach((top, index) => tops.forEach((other, second) => {
    if (Math.abs(top - other) < slack && Math.abs(figures[index] - figures[second]) > slack)
      faults.push("figures of one row do not stand on one baseline");
  }));
  return [...new Set(faults)];
}
