// Keeps what is marked data-live up to date, and nothing else: the pages work without it.
"use strict";
for (const part of document.querySelectorAll("[data-live]")) {
  const every = Number(part.dataset.every || 15) * 1000;
  const refresh = async () => {
    if (document.hidden || part.contains(document.activeElement)) return;
    try {
      const answer = await fetch(part.dataset.live, { headers: { "X-Requested-With": "fetch" } });
      if (answer.status === 401) location.reload();
      if (answer.ok) part.innerHTML = await answer.text();
    } catch (error) { /* The next try may succeed; the ages on the page tell how old it is. */ }
  };
  setInterval(refresh, every);
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
