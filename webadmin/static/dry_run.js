// Says what the profile would do as soon as the form changes. What it said stays until the next answer is there.
"use strict";
{
  const box = document.getElementById("dry-run");
  const said = document.getElementById("dry-run-said");
  const trouble = document.getElementById("dry-run-trouble");
  const form = document.getElementById(box.dataset.form);
  const PAUSE_MS = 300;
  const SHORT = 2800; // as long an address may be; what is longer is sent in a form
  let running = null;
  let timer = 0;
  const isOwn = (target) => target && target.form === form;

  // A text that nobody has changed is the one that the choices make.
  const words = () => {
    const data = new FormData(form);
    for (const area of form.elements) if (area.tagName === "TEXTAREA" && area.value === area.defaultValue) data.delete(area.name);
    return new URLSearchParams([...data].filter(([, value]) => typeof value === "string" && value !== ""));
  };

  const ask = (data, signal) => {
    const token = data.get("csrf_token") || document.querySelector("[name=csrf_token]")?.value || "";
    data.delete("csrf_token");
    const headers = { "X-Requested-With": "fetch" };
    if (data.toString().length < SHORT) return fetch(`${box.dataset.address}?${data}`, { headers, signal });
    data.set("csrf_token", token);
    return fetch(box.dataset.address, { method: "POST", body: data, headers, signal });
  };

  // What was open stays open, and the focus where it was.
  const show = (content) => {
    const key = (one) => one?.closest?.("details[data-key]")?.dataset.key;
    const open = new Set([...box.querySelectorAll("details[open]")].map(key));
    const focused = box.contains(document.activeElement) ? key(document.activeElement) : null;
    const isSaving = Boolean(document.activeElement?.closest?.("#save"));
    box.innerHTML = content;
    if (isSaving) box.querySelector("#save button")?.focus({ preventScroll: true });
    for (const one of box.querySelectorAll("details[data-key]")) {
      one.open = open.has(one.dataset.key);
      if (one.dataset.key === focused) one.querySelector("summary").focus({ preventScroll: true });
    }
    said.textContent = box.querySelector("[data-headline]")?.textContent || "";
  };

  const update = async () => {
    running?.abort();
    const mine = running = new AbortController();
    box.setAttribute("aria-busy", "true");
    try {
      const answer = await ask(words(), mine.signal);
      if (answer.status === 401) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      const content = await answer.text();
      if (mine !== running) return;
      show(content);
      trouble.textContent = "";
    } catch (error) {
      if (error.name === "AbortError") return;
      trouble.textContent = "No answer came: this is what it would have done before. Change something to ask again.";
    }
    if (mine === running) box.removeAttribute("aria-busy");
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(update, PAUSE_MS); };

  document.addEventListener("input", (event) => { if (isOwn(event.target)) soon(); });
  document.addEventListener("change", (event) => { if (isOwn(event.target)) soon(); });
  document.addEventListener("workshop:changed", soon);
}
