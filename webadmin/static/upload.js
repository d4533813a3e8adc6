// Drag and drop, one request and one progress bar for each file. Without it, the form sends all files at once.
"use strict";
const form = document.getElementById("upload-form");
const drop = document.getElementById("drop");
const chooser = document.getElementById("files");
const list = document.getElementById("outcomes");

const send = (file) => new Promise((done) => {
  const entry = document.createElement("div");
  entry.className = "outcome";
  const name = document.createElement("b");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1; bar.value = 0;
  bar.setAttribute("aria-label", `Upload of ${file.name}`);
  entry.append(name, bar);
  list.prepend(entry);
  document.getElementById("results").hidden = false;

  const words = new FormData(form);
  words.delete("files");
  words.append("files", file);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "fetch");
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
  request.upload.addEventListener("load", () => bar.removeAttribute("value"));
  const fail = (sentence) => { bar.remove(); const words = document.createElement("p"); words.textContent = sentence; entry.append(words); done(); };
  request.addEventListener("load", () => {
    if (request.status !== 200) return fail(request.status === 413 ? "That file is too large for this page." : "The upload failed. Load the page again, then repeat.");
    entry.outerHTML = request.responseText;
    done();
  });
  request.addEventListener("error", () => fail("The connection broke off. Try again."));
  request.send(words);
});

const sendAll = async (files) => {
  if (![...files].length) return;
  for (const file of [...files]) await send(file);
  chooser.value = "";
};

form.addEventListener("submit", (event) => { event.preventDefault(); sendAll(chooser.files); });
for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => { event.preventDefault(); sendAll(event.dataTransfer.files); });
