"use strict";
// Filters and jumps. The page is complete without this script.
(() => {
  const form = document.querySelector(".filters");
  const notes = [...document.querySelectorAll("article.labelled")];
  const words = new Map(notes.map((note) => [note, note.textContent.toLowerCase()]));
  const shown = form.querySelector(".shown");

  const wanted = () => ({
    kind: form.kind.value,
    channel: form.channel.value,
    statuses: new Set([...form.querySelectorAll("[name=status]:checked")].map((box) => box.value)),
    wrong: form.wrong.checked,
    text: form.text.value.trim().toLowerCase(),
  });

  const fits = (finding, want) =>
    (!want.kind || finding.dataset.kind === want.kind) &&
    (!want.statuses.size || want.statuses.has(finding.dataset.status)) &&
    (!want.wrong || "wrong" in finding.dataset);

  const filter = () => {
    const want = wanted();
    const choosy = Boolean(want.kind || want.statuses.size || want.wrong);
    let count = 0;
    for (const note of notes) {
      const fitting = new Set();
      for (const finding of note.querySelectorAll(".finding")) {
        const fit = fits(finding, want);
        finding.classList.toggle("faint", !fit);
        if (fit) fitting.add(finding.dataset.number);
      }
      for (const piece of note.querySelectorAll("[data-numbers]")) {
        piece.classList.toggle("faint", !piece.dataset.numbers.split(" ").some((number) => fitting.has(number)));
      }
      for (const tag of note.querySelectorAll(".tag")) tag.hidden = !fitting.has(tag.dataset.number);
      note.hidden =
        (choosy && !fitting.size) ||
        (want.channel && note.dataset.channel !== want.channel) ||
        !words.get(note).includes(want.text);
      count += !note.hidden;
    }
    shown.textContent = `${count} of ${notes.length} notes`;
  };

  const jump = (step) => {
    const targets = [...document.querySelectorAll(".finding:not(.faint)")].filter(
      (finding) => (finding.dataset.status !== "hit" || form.wrong.checked) && !finding.closest("[hidden]"),
    );
    if (!targets.length) return;
    const here = targets.indexOf(document.querySelector(".finding.here"));
    const next = targets[here < 0 ? (step > 0 ? 0 : targets.length - 1) : (here + step + targets.length) % targets.length];
    for (const old of document.querySelectorAll(".finding.here")) old.classList.remove("here");
    next.classList.add("here");
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    const article = next.closest("article");
    article.scrollIntoView({ block: "start" });
    if (next.getBoundingClientRect().bottom > innerHeight) next.scrollIntoView({ block: "center" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      form.reset();
      filter();
      return;
    }
    if (event.target.matches("input, select")) return;
    if (event.key === "n") jump(1);
    else if (event.key === "p") jump(-1);
    else if (event.key === "/") {
      event.preventDefault();
      form.text.focus();
    }
  });
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  filter();
})();
