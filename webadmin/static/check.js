// Looks again every 15 s. Where the signal comes and goes, the last answer stays on the screen, and says how old it is.
"use strict";
let answered = Date.now();
const look = async () => {
  const patience = new AbortController(); // phones from before 2022 have no AbortSignal.timeout
  const timer = setTimeout(() => patience.abort(), 30000);
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: patience.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById("main").replaceWith(page.getElementById("main"));
    document.title = page.title;
    answered = Date.now();
  } catch (error) {
    const words = document.getElementById("trouble");
    words.textContent = `No connection. This is what was known ${Math.round((Date.now() - answered) / 1000)} s ago.`;
    words.hidden = false;
  }
  clearTimeout(timer);
  setTimeout(look, 15000);
};
setTimeout(look, 15000);
