// Keeps what is marked data-live up to date, and nothing else: the pages work without it.
"use strict";
for (const part of document.querySelectorAll("[data-live]")) {
  const every = Number(part.dataset.every || 15) * 1000;
  const trouble = document.createElement("div");
  trouble.setAttribute("role", "status");
  part.before(trouble);
  let answered = Date.now();
  let busy = false;
  const say = (words) => { trouble.className = words ? "note bad" : ""; trouble.textContent = words; };
  const alike = (link) => [...part.querySelectorAll("a[href]")].filter((one) => one.getAttribute("href") === link.getAttribute("href"));
  const show = (content) => {
    const focused = part.contains(document.activeElement) ? document.activeElement.closest("a[href]") : null;
    const place = focused ? alike(focused).indexOf(focused) : -1;
    const open = [...part.querySelectorAll("details[id][open]")].map((one) => one.id);
    const summary = part.contains(document.activeElement) ? document.activeElement.closest("details[id] > summary") : null;
    part.innerHTML = content;
    for (const one of part.querySelectorAll("details[id]")) one.open = open.includes(one.id);
    if (summary) document.getElementById(summary.parentElement.id)?.querySelector("summary").focus({ preventScroll: true });
    if (focused) (alike(focused)[place] || alike(focused)[0])?.focus({ preventScroll: true });
  };
  const refresh = async () => {
    if (document.hidden || busy) return;
    busy = true;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), 30000);
    try {
      const answer = await fetch(part.dataset.live, { headers: { "X-Requested-With": "fetch" }, signal: patience.signal });
      if (answer.status === 401) location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.text());
      if (part.querySelector("[data-over]")) clearInterval(timing);
      answered = Date.now();
      say("");
    } catch (error) {
      say(`No answer. This is what was known ${Math.round((Date.now() - answered) / 1000)} s ago.`);
    }
    clearTimeout(timer);
    busy = false;
  };
  const timing = setInterval(refresh, every);
}
const all = document.getElementById("tick-all");
if (all) {
  const boxes = [...document.querySelectorAll('input[name="id"]')];
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    const words = document.getElementById("ticked");
    if (words) words.textContent = ticked ? `${ticked} selected` : "";
    document.querySelector(".sticky-actions")?.classList.toggle("some", ticked > 0);
  };
  all.closest("[hidden]")?.removeAttribute("hidden");
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; tell(); });
  for (const box of boxes) box.addEventListener("change", tell);
}
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  if (["ArrowLeft", "ArrowRight"].includes(event.key)) document.querySelector(`a[data-key="${event.key}"]`)?.click();
});
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => { await navigator.clipboard.writeText(button.dataset.copy); button.textContent = "Copied"; });
}
