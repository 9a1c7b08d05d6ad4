// What the foot says is worked out when it is seen: a poster that nobody has rebuilt for weeks still turns
// overdue. The words are all in the page; this only chooses which of them are shown.
(function () {
  "use strict";

  var root = document.documentElement;
  if (/[?&]tema=mork(&|$)/.test(location.search)) root.dataset.theme = "dark";
  if (/[?&]format=staende(&|$)/.test(location.search)) root.dataset.sheet = "portrait";

  // A frame around the poster that knows better what time it is says in `data-ahead` by how many milliseconds
  // this device is wrong, and then sends "clock".
  function now() {
    return new Date(Date.now() + (Number(root.dataset.ahead) || 0));
  }

  function today(timeZone) {
    var parts = {};
    new Intl.DateTimeFormat("en", { timeZone: timeZone, year: "numeric", month: "2-digit", day: "2-digit" })
      .formatToParts(now())
      .forEach(function (part) { parts[part.type] = part.value; });
    return parts.year + "-" + parts.month + "-" + parts.day;
  }

  function stateOf(foot, day) {
    if (foot.dueOn && day > foot.dueOn) return "overdue";
    if (foot.otherwise !== "current") return foot.otherwise; // unknown or draft: no date can tell
    if (foot.dueOn && day >= foot.warnFrom) return "due-soon";
    return "current";
  }

  // A measured value that nobody has followed up says that it is old, and has no green mark any more.
  function age(day) {
    document.querySelectorAll("[data-stale-on]").forEach(function (value) {
      var seen = day >= value.dataset.staleOn ? "stale" : "fresh";
      value.querySelectorAll("[data-value]").forEach(function (element) {
        if (value.children.length > 1) element.hidden = element.dataset.value !== seen;
      });
    });
  }

  function update() {
    var foot = document.querySelector(".lp-foot");
    var day = today(foot.dataset.timeZone);
    age(day);
    var state = stateOf(foot.dataset, day);
    if (state === foot.dataset.state) return;
    foot.dataset.state = state;
    foot.querySelectorAll("[data-when]").forEach(function (element) {
      element.hidden = element.dataset.when !== state;
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    update();
    setInterval(update, 30000); // midnight comes without a reload
    root.addEventListener("clock", update);
    root.dataset.ready = ""; // a script that was cut short never comes here
  });
})();
