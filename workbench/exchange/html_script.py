"""The script of an exported page: sorting, filtering, and a panel for what stands behind a cell.

The page says everything without it. It is the only script that the policy of the page lets run, puts words
into place as text or as copies of what stands on the page, and asks nothing of a network.
"""

from __future__ import annotations

SCRIPT = """
"use strict";
(() => {
  const table = document.querySelector("table.matrix");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...body.rows];
  const label = (head) => head.querySelector(".label").textContent.trim();

  // Sorting by the answers of a column: upwards, downwards, and back to the order of the study.
  const last = Number.MAX_SAFE_INTEGER;
  const rank = (row, place) => Number(row.cells[place].dataset.status ?? last);
  const orders = {
    ascending: (one, other) => one - other,
    descending: (one, other) => (one === last || other === last ? one - other : other - one),
  };
  const byName = (one, other) => label(one.cells[0]).localeCompare(label(other.cells[0]), undefined,
    {numeric: true});
  const sort = (place, order) => {
    const sorted = [...rows];
    if (order && place === 0) {
      sorted.sort((one, other) => byName(one, other) * (order === "ascending" ? 1 : -1));
    } else if (order) {
      sorted.sort((one, other) => orders[order](rank(one, place), rank(other, place)));
    }
    body.append(...sorted);
    heads.forEach((head, at) => {
      if (at === place && order) head.setAttribute("aria-sort", order);
      else head.removeAttribute("aria-sort");
    });
  };
  const next = {ascending: "descending", descending: ""};
  heads.forEach((head, place) => {
    const button = head.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      sort(place, now ? next[now] : "ascending");
    });
  });

  // Filtering: rows and columns without a match go, other cells in them fade.
  const controls = document.getElementById("controls");
  const filter = () => {
    const told = controls.querySelector("output");
    const {status, state} = Object.fromEntries(new FormData(controls));
    const shown = new Set();
    let found = 0;
    for (const row of rows) {
      let any = !status && !state;
      [...row.cells].forEach((cell, place) => {
        if (place === 0) return;
        const match = (!status || (cell.dataset.status ?? "none") === status)
          && (!state || cell.classList.contains(state));
        cell.classList.toggle("faded", !match);
        if (match) { found += 1; any = true; shown.add(place); }
      });
      row.hidden = !any;
    }
    const all = (!status && !state) || !shown.size;
    for (const row of [table.tHead.rows[0], ...rows]) {
      [...row.cells].forEach((cell, place) => { cell.hidden = place > 0 && !all && !shown.has(place); });
    }
    told.textContent = `${found} of ${rows.length * (heads.length - 1)} cells`;
  };
  if (controls) {
    controls.hidden = false;
    controls.addEventListener("change", filter);
    controls.addEventListener("submit", (event) => event.preventDefault());
    controls.querySelector("button").addEventListener("click", () => { controls.reset(); filter(); });
    filter();
  }

  // The panel: what a cell says, its evidence and its history.
  const panel = document.getElementById("panel");
  const heading = (words) => {
    const element = document.createElement("h3");
    element.textContent = words;
    return element;
  };
  const copied = (element) => {
    const copy = element.cloneNode(true);
    for (const each of [copy, ...copy.querySelectorAll("[id]")]) each.removeAttribute("id");
    return copy;
  };
  let opener = null;
  const open = (cell, summary) => {
    const row = cell.parentElement;
    const title = `${label(row.cells[0])} × ${label(heads[cell.cellIndex])}`;
    panel.querySelector("h2").textContent = title;
    const parts = [...cell.querySelectorAll("div > :not(details)")].map(copied);
    const refs = [...cell.querySelectorAll(".state a")].map((link) => link.textContent);
    if (refs.length) {
      const list = document.createElement("ul");
      list.append(...refs.map((ref) => {
        const item = copied(document.getElementById(ref));
        item.querySelector("a").setAttribute("href", `#${ref}`);
        return item;
      }));
      parts.push(heading("Evidence"), list);
    }
    parts.push(heading("History"), copied(cell.querySelector("ol")));
    panel.querySelector(".content").replaceChildren(...parts);
    opener = summary;
    panel.showModal();
    panel.scrollTop = 0;
  };
  body.addEventListener("click", (event) => {
    const cell = event.target.closest("td");
    const summary = cell?.querySelector("summary");
    const pressed = event.target.closest("summary");
    if (!summary || event.target.closest("a") || (!pressed && String(getSelection()))) return;
    event.preventDefault();
    open(cell, summary);
  });
  panel.addEventListener("click", (event) => {
    if (event.target === panel || event.target.closest("a, button")) panel.close();
  });
  panel.addEventListener("close", () => opener?.focus({preventScroll: true}));
  document.documentElement.classList.add("live");
})();
"""
