// What a page that was built some time ago must find out by itself: what day it is, and what that means.
// Without this script every date still stands on the page in words.
(() => {
  "use strict";

  /** The policy's own day and clock: {day: "2026-11-22", weekday: "7", time: "14:05"}. */
  const now = (timeZone) => {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone, hourCycle: "h23", weekday: "short",
      year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
    }).formatToParts(new Date());
    const of = (type) => parts.find((part) => part.type === type).value;
    return {
      day: `${of("year")}-${of("month")}-${of("day")}`,
      weekday: String(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(of("weekday")) + 1),
      time: `${of("hour")}:${of("minute")}`,
    };
  };

  /** The same rule as review.py: the due day itself is in time. Days as text compare as days. */
  const status = (today, dueOn, warnOn, effectiveOn) => {
    if (effectiveOn && today < effectiveOn) return "upcoming";
    if (!dueOn) return "unknown";
    if (today > dueOn) return "overdue";
    return today >= warnOn ? "due-soon" : "current";
  };

  const showStatuses = (today) => {
    for (const box of document.querySelectorAll(".lp-status[data-status]")) {
      const seen = status(today, box.dataset.dueOn, box.dataset.warnOn, box.dataset.effectiveOn);
      box.dataset.status = seen;
      for (const word of box.querySelectorAll("[data-when]")) word.hidden = word.dataset.when !== seen;
      const word = box.closest("table[data-overdue]")?.getAttribute(`data-${seen}`);  // a long list has them once
      if (word) {
        box.textContent = word;
        box.className = `lp-status lp-i lp-i--${seen}`;
      }
      for (const note of box.closest(".lp-line")?.querySelectorAll("[data-shown-when]") ?? []) {
        note.hidden = note.dataset.shownWhen !== seen;
      }
    }
  };

  /** "2026-11-03/2026-10-04*2" is two sections with the same days. */
  const counted = (text) => text.split(" ").filter(Boolean).map((entry) => {
    const [days, times = "1"] = entry.split("*");
    return {days: days.split("/"), times: Number(times)};
  });

  const later = (day, days) => {
    const date = new Date(`${day}T12:00:00Z`);
    date.setUTCDate(date.getUTCDate() + days);
    return date.toISOString().slice(0, 10);
  };

  const inWords = (day) => {
    const locale = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
    return new Intl.DateTimeFormat(locale, {dateStyle: "long", timeZone: "UTC"}).format(new Date(`${day}T12:00:00Z`));
  };

  /** What each owner has ahead and the months: counted for the day that the page is read. */
  const countAhead = (today) => {
    for (const day of document.querySelectorAll("[data-today]")) {
      if (day.dataset.today !== today) day.textContent = inWords(today);
      day.dataset.today = today;
    }
    const months = {};
    for (const row of document.querySelectorAll("[data-load]")) {
      const load = counted(row.dataset.load);
      const sum = (wanted) => load.filter(wanted).reduce((total, {times}) => total + times, 0);
      const coming = load.filter(({days}) => days[0] >= today);
      const next = coming.map(({days}) => days[0]).sort()[0];
      row.querySelector("[data-late]").textContent = sum(({days}) => status(today, ...days) === "overdue");
      for (const cell of row.querySelectorAll("[data-within]")) {
        const until = later(today, Number(cell.dataset.within));
        cell.textContent = sum(({days}) => days[0] >= today && days[0] <= until);
      }
      row.querySelector("[data-next]").textContent = next ? inWords(next) : "–";
      for (const {days, times} of coming) months[days[0].slice(0, 7)] = (months[days[0].slice(0, 7)] ?? 0) + times;
    }
    const most = Math.max(...Object.values(months), 1);
    for (const row of document.querySelectorAll("[data-month]")) {
      const due = months[row.dataset.month] ?? 0;
      row.hidden = row.dataset.month < today.slice(0, 7);
      row.querySelector(".lp-number").textContent = due;
      row.querySelector("rect").setAttribute("width", Math.round(100 * due / most));
    }
  };

  const countAnew = (today) => {
    for (const list of document.querySelectorAll(".lp-tally[data-dates]")) {
      const counts = {overdue: 0, "due-soon": 0, current: 0, upcoming: 0};
      for (const {days, times} of counted(list.dataset.dates)) counts[status(today, ...days)] += times;
      for (const number of list.querySelectorAll("[data-count]")) {
        const counted = counts[number.dataset.count];
        if (counted !== undefined) number.textContent = counted;
      }
    }
  };

  const showOpenNow = ({weekday, time}) => {
    const open = new Set();
    for (const hours of document.querySelectorAll("[data-opens]")) {
      const today = hours.dataset.days.split(" ").includes(weekday);
      hours.classList.toggle("lp-hours__today", today);
      if (today && hours.dataset.opens <= time && time < hours.dataset.closes) open.add(hours.dataset.channel);
    }
    for (const mark of document.querySelectorAll("[data-open-channel]")) mark.hidden = !open.has(mark.dataset.openChannel);
  };

  /** A site that was not told its address learns it here, so that a mail says where the reader was. */
  const nameThePlace = () => {
    for (const link of document.querySelectorAll("a[data-place]")) {
      const place = new URL(`#${link.dataset.place.split("#")[1]}`, location.href.split("#")[0]).href;
      link.href = link.getAttribute("href").replace(encodeURIComponent(link.dataset.place), encodeURIComponent(place));
      link.removeAttribute("data-place");
    }
  };

  const look = () => {
    const timezone = document.querySelector("[data-timezone]")?.dataset.timezone;
    if (!timezone) return;
    const moment = now(timezone);
    showStatuses(moment.day);
    countAnew(moment.day);
    countAhead(moment.day);
    showOpenNow(moment);
  };

  const begin = () => {
    look();
    nameThePlace();
  };

  // With instant navigation the theme tells of each new page; without it this one is all there is.
  if (typeof document$ !== "undefined") document$.subscribe(begin);
  else begin();
  setInterval(look, 60_000);  // a page that is left open over midnight
})();
