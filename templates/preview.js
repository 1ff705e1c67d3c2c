(() => {
  "use strict";
  const place = document.getElementById("preview");
  const edition = place.dataset.edition;
  const key = "trainfree-preview " + location.pathname;
  const root = document.documentElement;

  const made = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  };

  // The reader's place: what is open, sorted, filtered, focused and in view.
  const named = (element) => element.closest("[id]")?.id || "";
  const details = () => [...document.querySelectorAll("main details")].map((part) => {
    const owner = named(part);
    const others = [...document.querySelectorAll("main details")].filter((other) => named(other) === owner);
    return { part, name: owner + " " + others.indexOf(part) };
  });
  const tables = () => [...document.querySelectorAll("main .tabled[id]")];
  const heads = (table) => [...(table.querySelector("table.sortable")?.tHead?.rows || [])].at(-1)?.cells || [];
  const inView = () => {
    const candidates = [...document.querySelectorAll("main :is(h2, h3, h4, figure, .tabled, section, li, tr, p)")];
    const first = candidates.find((element) => element.getBoundingClientRect().bottom > 0 && element.getClientRects().length);
    if (!first) return null;
    // Elements without an id are found again by what they are in and their number there.
    const owner = first.id ? first : first.closest("[id]") || root;
    const alike = [...owner.querySelectorAll(first.tagName)];
    return { id: owner.id, tag: first.tagName, index: first === owner ? -1 : alike.indexOf(first), top: first.getBoundingClientRect().top };
  };
  const keep = () => {
    const state = {
      y: scrollY,
      view: scrollY > 0 ? inView() : null,
      theme: root.dataset.theme || "",
      open: details().filter(({ part }) => part.open).map(({ name }) => name),
      sorted: tables().flatMap((table) => {
        const column = [...heads(table)].findIndex((head) => head.getAttribute("aria-sort"));
        return column < 0 ? [] : [[table.id, column, heads(table)[column].textContent, heads(table)[column].getAttribute("aria-sort")]];
      }),
      filters: tables().flatMap((table) => {
        const filter = table.querySelector(".filter");
        return filter?.value ? [[table.id, filter.value]] : [];
      }),
      sideways: [...document.querySelectorAll("main :is(.table, .drawing)")].map((box) => [box.scrollLeft, box.scrollTop]),
      focus: document.activeElement?.id || "",
    };
    try { sessionStorage.setItem(key, JSON.stringify(state)); } catch { /* The place is lost, and nothing else. */ }
  };
  const restore = () => {
    let state = null;
    try {
      state = JSON.parse(sessionStorage.getItem(key) || "null");
      sessionStorage.removeItem(key);
    } catch { /* As if there were none. */ }
    if (!state) return false;
    history.scrollRestoration = "manual";
    const theme = document.getElementById("theme");
    if (state.theme && (root.dataset.theme || "") !== state.theme) {
      for (let turn = 0; turn < 2 && root.dataset.theme !== state.theme; turn += 1) theme?.click();
    }
    for (const { part, name } of details()) part.open = state.open.includes(name);
    for (const [id, column, title, order] of state.sorted) {
      const table = document.getElementById(id);
      const head = table && heads(table)[column];
      if (head?.textContent !== title) continue;
      for (let turn = 0; turn < 2 && head.getAttribute("aria-sort") !== order; turn += 1) head.querySelector("button")?.click();
    }
    for (const [id, words] of state.filters) {
      const filter = document.getElementById(id)?.querySelector(".filter");
      if (!filter) continue;
      filter.value = words;
      filter.dispatchEvent(new Event("input"));
    }
    const boxes = [...document.querySelectorAll("main :is(.table, .drawing)")];
    if (boxes.length === state.sideways.length) {
      boxes.forEach((box, index) => { [box.scrollLeft, box.scrollTop] = state.sideways[index]; });
    }
    const settle = () => {
      const owner = state.view && (state.view.id ? document.getElementById(state.view.id) : root);
      const element = owner && (state.view.index < 0 ? owner : owner.querySelectorAll(state.view.tag)[state.view.index]);
      if (element) scrollTo({ top: scrollY + element.getBoundingClientRect().top - state.view.top, behavior: "instant" });
      else scrollTo({ top: state.y, behavior: "instant" });
    };
    settle();
    if (state.focus) document.getElementById(state.focus)?.focus({ preventScroll: true });
    addEventListener("load", () => requestAnimationFrame(settle), { once: true });
    return true;
  };

  // What goes on, in a corner; its changes of kind are announced, its steps are not.
  const bar = made("div", "preview-bar");
  const light = made("span", "preview-light");
  light.setAttribute("aria-hidden", "true");
  const text = made("span", "preview-text");
  const leap = made("a", "preview-leap");
  leap.href = "#preview-problems";
  leap.hidden = true;
  bar.append(light, text, leap);
  const spoken = made("div", "preview-spoken");
  spoken.setAttribute("role", "status");
  spoken.setAttribute("aria-live", "polite");
  place.append(bar, spoken);
  let said = "";
  const say = (words) => {
    if (words !== said) spoken.textContent = words;
    said = words;
  };

  // Problems: all of them at the top, each that has a place also there.
  const counted = (problems, more) => {
    const errors = problems.filter((problem) => problem.severity === "error").length + more;
    const others = problems.length + more - errors;
    const parts = [];
    if (errors) parts.push(errors + (errors === 1 ? " problem" : " problems"));
    if (others) parts.push(others + (others === 1 ? " warning" : " warnings"));
    return parts.join(", ");
  };
  const described = (problem) => {
    const box = made("div", "preview-problem " + problem.severity);
    const first = made("p", "preview-message");
    first.append(made("strong", "", problem.severity + ": "), problem.message);
    box.append(first);
    if (problem.place) box.append(made("p", "preview-place", problem.place));
    if (problem.excerpt && problem.excerpt.trim()) box.append(made("pre", "preview-excerpt", problem.excerpt.trim()));
    for (const [label, words] of [["why", problem.reason], ["fix", problem.fix]]) {
      if (!words) continue;
      const line = made("p", "preview-why");
      line.append(made("span", "preview-label", label + ": "), words);
      box.append(line);
    }
    return box;
  };
  const clear = () => {
    for (const old of document.querySelectorAll(".preview-problems, .preview-note")) old.remove();
  };
  const note = (problem, number) => {
    for (const anchor of problem.anchors) {
      const element = document.getElementById(anchor.id);
      if (!element) continue;
      const box = described(problem);
      box.classList.add("preview-note");
      box.id = "preview-note-" + number;
      box.tabIndex = -1;
      box.setAttribute("role", "note");
      box.setAttribute("aria-label", "Problem " + number + " of the preview");
      if (anchor.after) {
        const within = element.closest(".opening") || element;
        const beside = within.matches(".opening") && element.matches("h1, h2, h3, h4, h5, h6") ? element : within;
        beside.after(box);
      } else {
        element.prepend(box);
      }
      return box.id;
    }
    return "";
  };
  const show = (state) => {
    clear();
    if (!state.problems.length) return;
    const panel = made("section", "preview-problems");
    panel.id = "preview-problems";
    panel.tabIndex = -1;
    panel.setAttribute("aria-labelledby", "preview-problems-title");
    const title = made("h2", "", counted(state.problems, state.more));
    title.id = "preview-problems-title";
    panel.append(title);
    const isFailed = state.phase === "failed";
    if (isFailed && edition) panel.append(made("p", "preview-hint", "The report below is the last one that could be made."));
    const list = made("ol");
    state.problems.forEach((problem, index) => {
      const item = made("li");
      item.append(described(problem));
      const id = note(problem, index + 1);
      if (id) {
        const link = made("a", "preview-goto", "Show its place");
        link.href = "#" + id;
        link.addEventListener("click", (event) => {
          event.preventDefault();
          const target = document.getElementById(id);
          for (let part = target.parentElement?.closest("details"); part; part = part.parentElement?.closest("details")) part.open = true;
          target.scrollIntoView({ block: "center" });
          target.focus({ preventScroll: true });
        });
        item.append(link);
      }
      list.append(item);
    });
    panel.append(list);
    if (state.more) panel.append(made("p", "preview-hint", "and " + state.more + " more, in the terminal"));
    document.body.prepend(panel);
    if (!isFailed) panel.classList.add("quiet");
  };
  leap.addEventListener("click", (event) => {
    event.preventDefault();
    const panel = document.getElementById("preview-problems");
    panel?.scrollIntoView({ block: "start" });
    panel?.focus({ preventScroll: true });
  });

  // The states as they come. A page that is not looked at does not listen.
  let shown = "";
  const take = (state, isFirst) => {
    if (state.phase !== "running" && state.edition !== edition) {
      keep();
      try { sessionStorage.setItem(key + " news", "1"); } catch { /* Nothing is said then. */ }
      location.reload();
      return;
    }
    bar.dataset.phase = state.phase;
    const problems = JSON.stringify(state.problems);
    const hasProblems = state.problems.length > 0;
    leap.hidden = !hasProblems;
    leap.textContent = counted(state.problems, state.more);
    if (state.phase === "running") {
      const steps = state.total ? " (" + state.done + " of " + state.total + " steps)" : "";
      text.textContent = "Running" + (state.detail ? " " + state.detail : "") + steps;
      say("The analysis runs.");
    } else {
      text.textContent = state.phase === "failed" ? (edition ? "The last good report" : "No report yet") : "Up to date";
      const news = isFirst ? restoredNews : "";
      say(hasProblems ? leap.textContent + ". " + (state.problems[0].message || "") : news || "The report is up to date.");
    }
    if (state.phase === "running" && !isFirst) return;
    if (problems !== shown) show(state);
    shown = problems;
  };
  let restoredNews = "";
  const wasRestored = restore();
  try {
    if (wasRestored && sessionStorage.getItem(key + " news")) restoredNews = "The report is up to date again.";
    sessionStorage.removeItem(key + " news");
  } catch { /* Nothing is said then. */ }

  let source = null;
  let isFirst = true;
  let timer = 0;
  const lose = () => {
    bar.dataset.phase = "lost";
    text.textContent = "The preview does not answer";
    say("The preview does not answer.");
  };
  const listen = () => {
    clearTimeout(timer);
    source?.close();
    source = new EventSource("/.preview/events");
    source.addEventListener("message", (event) => {
      let state = null;
      try { state = JSON.parse(event.data); } catch { return; }
      take(state, isFirst);
      isFirst = false;
    });
    source.addEventListener("error", () => {
      lose();
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(listen, 2000);
    });
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      clearTimeout(timer);
      source?.close();
      source = null;
    } else if (!source) {
      listen();
    }
  });
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  text.textContent = "Preview";
  if (!document.hidden) listen();
})();
