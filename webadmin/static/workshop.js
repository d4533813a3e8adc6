// Whatever is chosen is asked for at once, and the parts of the page that say other things now are put in place. What
// was chosen stands in the address. Without this, "Use these answers" does the same.
"use strict";
const form = document.getElementById("work");
const trouble = document.getElementById("trouble");
const SHORT = 2800; // as long an address may be; what is longer is sent in a form
const shown = new Map([...document.querySelectorAll("[data-part]")].map((part) => [part.id, part.innerHTML]));
let running = null;
let selecting = 0;
document.documentElement.classList.add("scripted");
if (matchMedia("(max-width: 60rem)").matches) document.querySelector(".phone-closed").open = false;

const say = (words) => { trouble.className = words ? "note bad" : ""; trouble.textContent = words; };
const focused = (key) => [...document.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === key);
const written = () => { const text = form.elements.namedItem("text"); return text.value !== text.defaultValue; };

// What the form says now: no empty answers, and the text only where somebody has written in it.
const words = (more) => {
  const data = new FormData(form);
  for (const [name, value] of more) data.set(name, value);
  if (!written()) { data.delete("text"); data.delete("based_on"); }
  for (const name of ["why", "seen"]) data.delete(name); // what is only for saving
  for (const [name, value] of [...data]) if (value === "") data.delete(name);
  return new URLSearchParams([...data]);
};

const ask = (data, signal) => {
  const headers = { "X-Requested-With": "fetch" }; // what it would do comes by itself, see dry_run.js
  const token = data.get("csrf_token");
  data.delete("csrf_token");
  const query = data.toString();
  if (!data.has("text") && query.length < SHORT) return fetch(`${form.dataset.page}${query && `?${query}`}`, { headers, signal });
  data.set("csrf_token", token);
  return fetch(form.action, { method: "POST", body: data, headers, signal });
};

// A later change breaks off what an earlier one asked for.
const update = async (more = [], selected = null) => {
  if (running) running.abort();
  const mine = running = new AbortController();
  document.querySelector(".bench").setAttribute("aria-busy", "true");
  try {
    const answer = await ask(words(more), mine.signal);
    if (!new URL(answer.url).pathname.startsWith(form.dataset.page)) return location.reload(); // to the door
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== running) return;
    say("");
    put(page, selected);
    const address = document.getElementById("kept").dataset.address;
    if (address) history.replaceState(null, "", address);
    document.dispatchEvent(new CustomEvent("workshop:changed"));
  } catch (error) {
    if (error.name !== "AbortError") say("That was not taken: no answer came. Choose once more.");
  }
  if (mine === running) document.querySelector(".bench").removeAttribute("aria-busy");
};

// Put in place what has changed; what was open stays open, the focus where it was, and what one looks at does not move.
const put = (page, selected) => {
  const before = document.activeElement;
  const key = before && before.dataset.focus;
  const top = before && before.getBoundingClientRect().top;
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh) continue;
    part.dataset.address && (part.dataset.address = fresh.dataset.address);
    if (shown.get(part.id) === fresh.innerHTML) continue;
    if (part.contains(before) && isTyping(before, fresh)) continue;
    if (part.id === "values" && selected) { putMarking(part, fresh, selected); continue; }
    const scrolled = [...part.querySelectorAll(".tall")].map((one) => one.scrollTop);
    const open = new Map([...part.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
    const typed = [...part.querySelectorAll("input, textarea")].filter(isTyped);
    shown.set(part.id, fresh.innerHTML);
    part.replaceChildren(...fresh.childNodes);
    for (const one of typed) for (const other of part.querySelectorAll(`[name="${one.name}"]`)) if (other.defaultValue === one.defaultValue) other.value = one.value;
    for (const one of part.querySelectorAll("details[id]")) if (open.has(one.id)) one.open = open.get(one.id) || one.querySelector(".piece[aria-pressed=true]") !== null;
    part.querySelectorAll(".tall").forEach((one, at) => { one.scrollTop = scrolled[at] || 0; });
  }
  loosen();
  refocus(key, top);
};

// What somebody writes in is left alone as long as the answer is to an earlier state of it.
const isText = (one) => one.matches("textarea, input") && !["radio", "checkbox", "hidden"].includes(one.type);
const isTyped = (one) => isText(one) && one.value !== one.defaultValue;
const isTyping = (input, fresh) => {
  const other = isTyped(input) && fresh.querySelector(`[name="${input.name}"]`);
  return other && other.value !== input.value;
};

const refocus = (key, top) => {
  if (!key || (document.activeElement && document.activeElement.dataset.focus === key)) return;
  const marked = key.startsWith("mark-") && document.querySelector("#values .piece.camera, #values .piece.time");
  const again = focused(key) || marked;
  if (!again) return;
  const closed = again.closest("details.decision:not([open])"); // answered: what was chosen is its headline now
  const now = closed ? closed.querySelector("summary") : again;
  now.focus({ preventScroll: true });
  const moved = now.getBoundingClientRect().top - top;
  if (Math.abs(moved) > 1 && !now.closest("#values")) scrollBy(0, moved);
  if (now.closest("#values")) now.scrollIntoView({ block: "nearest" });
  const marking = document.getElementById("marking");
  if (marking && now.matches(".piece")) marking.scrollIntoView({ block: "nearest" });
};

// The bar for what is selected comes beside the text, and leaves the selection alone.
const putMarking = (part, fresh, value) => {
  const old = document.getElementById("marking");
  if (old) old.remove();
  for (const piece of part.querySelectorAll("[aria-pressed=true]")) piece.setAttribute("aria-pressed", "false");
  const bar = fresh.querySelector("#marking");
  shown.delete("values");
  if (bar) { value.after(bar); bar.scrollIntoView({ block: "nearest" }); }
};

// While one chooses, the end of the window shows what it would do as far as the button, and as far as what it would
// take from others where it is not too much: the rest lies below.
const peek = () => {
  const outlook = document.querySelector(".outlook");
  const warnings = [...outlook.querySelectorAll(".note.attention")];
  const last = warnings.pop() || outlook.querySelector("#save button, [data-headline]");
  if (!last) return;
  const whole = outlook.getBoundingClientRect();
  const seen = Math.min(last.getBoundingClientRect().bottom - whole.top + 14, innerHeight * 0.45);
  outlook.style.bottom = `${Math.min(0, seen - whole.height)}px`;
};

// Text in buttons cannot be selected: pieces become text that is pressed like a button. Of each value, Tab reaches one
// piece, and the arrow keys the others.
const loosen = () => {
  for (const button of document.querySelectorAll("#values button.piece")) {
    const piece = document.createElement("span");
    piece.className = button.className;
    piece.setAttribute("role", "button");
    for (const name of ["aria-pressed", "aria-label"]) if (button.hasAttribute(name)) piece.setAttribute(name, button.getAttribute(name));
    Object.assign(piece.dataset, button.dataset, { mark: button.value });
    piece.append(...button.childNodes);
    piece.tabIndex = -1;
    button.replaceWith(piece);
  }
  for (const value of document.querySelectorAll("#values .value")) {
    const first = value.querySelector("[aria-pressed=true], .camera, .time") || value.querySelector(".piece");
    if (first && !value.querySelector(".piece[tabindex='0']")) first.tabIndex = 0;
  }
};

const press = (piece) => {
  for (const one of piece.parentElement.querySelectorAll("[aria-pressed=true]")) one.setAttribute("aria-pressed", "false");
  piece.setAttribute("aria-pressed", "true");
  move(piece);
  update([["pick", piece.dataset.mark]]);
};

const move = (piece) => {
  for (const one of piece.parentElement.querySelectorAll(".piece")) one.tabIndex = one === piece ? 0 : -1;
  piece.focus({ preventScroll: true });
};

// Where a selection begins or ends within a value, in characters as the gateway counts them.
const place = (value, node, offset) => {
  const text = node.nodeType === Node.TEXT_NODE ? node : null;
  const piece = (text ? text.parentElement : node).closest(".piece");
  if (!piece) return node === value && value.children[offset] ? Number(value.children[offset].dataset.start) : null;
  return Number(piece.dataset.start) + (text ? [...text.data.slice(0, offset)].length : offset ? [...piece.textContent].length : 0);
};

const selection = () => {
  const chosen = getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
  const range = chosen.getRangeAt(0);
  const value = (range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer).closest(".value");
  if (!value) return null;
  const start = place(value, range.startContainer, range.startOffset);
  const last = [...value.querySelectorAll(".piece")].pop();
  const end = value.contains(range.endContainer) ? place(value, range.endContainer, range.endOffset) : Number(last.dataset.start) + [...last.textContent].length;
  return start === null || end === null || start >= end ? null : { value, pick: `${value.dataset.source}|${start}|${end}|${value.dataset.file}` };
};

document.addEventListener("selectionchange", () => {
  clearTimeout(selecting);
  selecting = setTimeout(() => { const found = selection(); if (found) update([["pick", found.pick]], found.value); }, 400);
});
document.addEventListener("click", (event) => {
  const piece = event.target.closest(".piece[role=button]");
  if (piece && !selection()) press(piece);
});
document.addEventListener("keydown", (event) => {
  const piece = event.target.closest && event.target.closest(".piece[role=button]");
  if (!piece || event.ctrlKey || event.altKey || event.metaKey) return;
  const all = [...piece.parentElement.querySelectorAll(".piece")];
  const at = { ArrowRight: all.indexOf(piece) + 1, ArrowLeft: all.indexOf(piece) - 1, Home: 0, End: all.length - 1 }[event.key];
  if (event.key === "Enter" || event.key === " ") press(piece);
  else if (at !== undefined && all[at]) move(all[at]);
  else if (at === undefined) return;
  event.preventDefault();
});
document.addEventListener("change", (event) => { if (event.target.form === form) update(); });
form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button && button.hasAttribute("formaction")) return; // it leads to another page
  event.preventDefault();
  if (button && button.name === "mark") getSelection().removeAllRanges();
  update(button && button.name ? [[button.name, button.value]] : []);
});
loosen();
if (document.querySelector(".outlook")) new ResizeObserver(peek).observe(document.querySelector(".outlook"));
